package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.FileParameterDefinition;
import hudson.model.FileParameterValue;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Where builds have their files from: another agent than the head node, stashes, file parameters. */
@Tag("cluster")
@SharedJenkins
class FilesOfBuildsJenkinsTest {
    private JenkinsRule j;
    private ClusterAgent cluster;

    @TempDir
    private Path folder;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        j = rule;
        cluster = new ClusterAgent(new File("").getAbsoluteFile());
        cluster.attach(j.jenkins);
        cluster.attach(j.jenkins, "elsewhere", "other", "");
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static String artifacts(Run<?, ?> run) {
        return run.getArtifacts().stream()
                .map(artifact -> artifact.relativePath)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Test
    void filesGoFromAnotherAgentToTheHeadNodeAndBack() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(job("node('other') {\n"
                + "  writeFile file: 'in put/a $b.txt', text: '41'\n"
                + "  def job = slurmApptainer files: 'INPUT_N=in put/a $b.txt', outputs: 'out/**, in put/*', archive: true,\n"
                + "      script: 'mkdir out; echo $(($(cat \"$N\") + 1)) >out/sum.txt; cat \"$FILE_INPUT_N\"; pwd'\n"
                + "  echo \"the sum is ${readFile 'out/sum.txt'}\"\n"
                + "  echo \"ran as ${job.id}\"\n}"));
        j.assertLogContains("Staged 1 file, 2 bytes, in ", run);
        j.assertLogContains("With 2 environment variables for uploaded files", run);
        j.assertLogContains("Outputs in the workspace: 2 files, 5 bytes", run);
        j.assertLogContains("the sum is 42", run);
        assertEquals("in put/a $b.txt out/sum.txt", artifacts(run));
    }

    @Test
    void outputsOfAFailedJobComeBackToAnotherAgent() throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE,
                job("node('other') {\n"
                        + "  try {\n"
                        + "    slurmApptainer outputs: '*.txt, missing', script: 'echo half >half.txt; exit 4'\n"
                        + "  } catch (e) { echo \"caught: ${e.message}\" }\n"
                        + "  echo \"the half is ${readFile 'half.txt'}\"\n"
                        + "  slurmApptainer files: 'none.csv', allowEmptyFiles: true, script: 'echo without files'\n"
                        + "  slurmApptainer files: 'none.csv', script: 'true'\n}"));
        j.assertLogContains("'missing' matches no file in", run);
        j.assertLogContains("failed with exit code 4", run);
        j.assertLogContains("the half is half", run);
        j.assertLogContains("without files", run);
        j.assertLogContains("files: 'none.csv' matches no file in the workspace", run);
    }

    @Test
    void aPipeDoesNotKeepOutputsFromAnotherAgent() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(job("node('other') {\n"
                + "  timeout(5) { try {\n"
                + "    slurmApptainer outputs: 'run/**', script: 'mkdir run; echo new >run/result.txt; mkfifo run/control'\n"
                + "    error 'green'\n"
                + "  } catch (e) { echo \"caught: ${e.message}\" } }\n"
                + "  echo \"the result is ${readFile 'run/result.txt'}\"\n"
                + "  sh 'mkdir in; mkfifo in/control; ln -s /nowhere in/link'\n"
                + "  try { slurmApptainer files: 'in/**', script: 'true' } catch (e) { echo \"refused: ${e.message}\" }\n"
                + "}"));
        j.assertLogContains("'run/control' is a named pipe, no file", run);
        j.assertLogNotContains("caught: green", run);
        j.assertLogContains("the result is new", run);
        j.assertLogContains(
                "refused: files: 'in/control' is a named pipe, no file; 'in/link' is a symbolic link to /nowhere, which does"
                        + " not exist",
                run);
        j.assertLogNotContains("will try again", run);
    }

    @Test
    void filesGoFromTheControllerAndBack() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(job("node('built-in') {\n"
                + "  writeFile file: 'n.txt', text: '41'\n"
                + "  slurmApptainer files: 'INPUT_N=n.txt', outputs: 'sum.txt',\n"
                + "      script: 'echo $(($(cat \"$N\") + 1)) >sum.txt'\n"
                + "  echo \"the sum is ${readFile 'sum.txt'}\"\n}"));
        j.assertLogContains("the sum is 42", run);
    }

    private String inSharedDirectory(String label) {
        return "node('" + label + "') { ws('" + cluster.shared() + "/ws/" + label + "') {\n"
                + "  writeFile file: 'n.txt', text: '41'\n"
                + "  slurmApptainer files: 'INPUT_N=n.txt', outputs: 'sum.txt', archive: true,\n"
                + "      script: 'echo $(($(cat \"$N\") + 1)) >sum.txt; pwd'\n"
                + "  echo \"the sum is ${readFile 'sum.txt'}\"\n"
                + "} }";
    }

    @Test
    void filesStayInAWorkspaceThatTheHeadNodeSees() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(job(inSharedDirectory("other")));
        String workspace = cluster.shared() + "/ws/other";
        j.assertLogContains("Using in place 1 file, 2 bytes, in " + workspace, run);
        j.assertLogContains("\n" + workspace + "\n", run);
        j.assertLogContains("the sum is 42", run);
        assertEquals("sum.txt", artifacts(run));
        assertEquals("n.txt\nsum.txt\n", cluster.command("ls", "-A", workspace), "no mark stays");
        run = j.buildAndAssertSuccess(job("node('other') { ws('" + workspace
                + "') { slurmApptainer workingDirectory: 'workspace', script: 'ls' } }"));
        j.assertLogContains("n.txt\nsum.txt\n", run);
    }

    /** The path is the same, what is there is not. */
    @Test
    void filesAreCopiedIfOnlyThePathIsTheSame() throws Exception {
        cluster.attachElsewhere(j.jenkins, "apart", "apart");
        WorkflowRun run = j.buildAndAssertSuccess(job(inSharedDirectory("apart")));
        j.assertLogContains("Staged 1 file, 2 bytes, in ", run);
        j.assertLogContains("the sum is 42", run);
        assertEquals("sum.txt", artifacts(run));
    }

    @Test
    void filesComeFromAStash() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(
                job(
                        "node('other') {\n"
                                + "  writeFile file: 'conf/app.ini', text: 'from afar'\n  stash 'conf'\n}\n"
                                + "node('" + ClusterAgent.LABEL + "') {\n"
                                + "  unstash 'conf'\n"
                                + "  slurmApptainer files: 'conf/**', checksums: true, script: 'cat \"$FILE_CONF_APP_INI\"; echo; sha256sum \"$FILES_DIR/conf/app.ini\"'\n}"));
        j.assertLogContains("from afar", run);
    }

    @Test
    void filesComeFromAFileParameter() throws Exception {
        for (String label : new String[] {ClusterAgent.LABEL, "other"}) {
            FreeStyleProject project = j.createFreeStyleProject();
            project.setAssignedLabel(j.jenkins.getLabel(label));
            project.addProperty(
                    new ParametersDefinitionProperty(new FileParameterDefinition("data/in.csv", "the data")));
            SlurmApptainerStep step = new SlurmApptainerStep("cat \"$DATA\"; echo done >result.txt");
            step.setFiles("DATA=data/in.csv");
            step.setOutputs("result.txt");
            step.setArchive(true);
            project.getBuildersList().add(new SlurmApptainerBuilder(step));
            Path upload = Files.writeString(folder.resolve("upload"), "uploaded for " + label + "\n");
            FreeStyleBuild build = j.assertBuildStatusSuccess(project.scheduleBuild2(
                    0,
                    new ParametersAction(new FileParameterValue("data/in.csv", upload.toFile(), "laptop's name.csv"))));
            j.assertLogContains("uploaded for " + label, build);
            assertEquals("result.txt", artifacts(build));
        }
    }
}
