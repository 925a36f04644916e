package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.FilePath;
import hudson.model.Node;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.DocPage;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The examples of the documentation as they stand there, in a real controller on a real cluster. What their scripts want to
 * find in a workspace is in {@code jenkinstest/examples} of the test resources.
 */
@Tag("cluster")
@SharedJenkins
class DocumentationExamplesJenkinsTest {
    private static final List<String> PAGES = List.of("files-and-results", "templates", "arrays", "mpi");

    private static final Path FILES =
            Path.of("src/test/resources/io/jenkins/plugins/slurmapptainer/jenkinstest/examples");

    @TempDir
    Path folder;

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
        // The page with an agent that is no head node calls it so.
        jenkins.cluster().attach(j.jenkins, "build-agent", "build", "");
        Path templates = folder.resolve("templates.yml");
        Files.writeString(templates, new DocPage("templates").blocks("yaml").get(0));
        ConfigurationAsCode.get().configure(templates.toString());
    }

    static Stream<Arguments> examples() throws Exception {
        List<Arguments> examples = new ArrayList<>();
        for (String page : PAGES) {
            List<String> blocks = new DocPage(page).blocks("groovy");
            for (int i = 0; i < blocks.size(); i++) {
                examples.add(Arguments.of(page, i + 1, blocks.get(i)));
            }
        }
        return examples.stream();
    }

    private WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.job(script);
        for (Node node : j.jenkins.getNodes()) {
            FilePath workspace = node.getWorkspaceFor(job);
            new FilePath(FILES.toFile()).copyRecursiveTo(workspace);
            workspace.child("score").chmod(0755);
            workspace.child("solve").chmod(0755);
        }
        return j.buildAndAssertSuccess(job);
    }

    @ParameterizedTest(name = "{0}.md, example {1}")
    @MethodSource("examples")
    void everyExampleRunsAsItIsWritten(String page, int number, String script) throws Exception {
        boolean possible = jenkins.cluster().addImage("mpi") || !script.contains("'mpi'");
        assumeTrue(possible, "this cluster has no image mpi");
        WorkflowRun run = run(script);
        List<JobRecord> jobs = ClusterJenkins.jobs(run);
        // Before the last one may come some whose failures the example deals with.
        j.assertLogContains("[Slurm] Job " + jobs.get(jobs.size() - 1).jobId() + " completed", run);
    }

    @Test
    void examplesAreFound() throws Exception {
        assertEquals(
                PAGES, examples().map(example -> example.get()[0]).distinct().toList());
        assertFalse(new DocPage("templates").blocks("yaml").isEmpty());
    }

    @Test
    void theConsoleLineOfATemplateIsTheOneOnThePage() throws Exception {
        DocPage page = new DocPage("templates");
        WorkflowRun run = run(page.blocks("groovy").get(0));
        j.assertLogContains(page.blocks("").get(0), run);
        j.assertLogContains("trained with 0 values", run);
    }

    @Test
    void theOutputsOfTheFirstExampleExist() throws Exception {
        WorkflowRun run = run(new DocPage("files-and-results").blocks("groovy").get(0));
        assertEquals(
                List.of("model.pkl", "plots/by-epoch/1.png"),
                run.getArtifacts().stream()
                        .map(artifact -> artifact.relativePath)
                        .sorted()
                        .toList());
    }

    @Test
    void onlyTheFailedTasksOfAnArrayRunAgain() throws Exception {
        List<String> examples = new DocPage("arrays")
                .blocks("groovy").stream()
                        .filter(script -> script.contains("simulate.py"))
                        .toList();
        assertEquals(2, examples.size());
        for (String script : examples) {
            List<JobRecord> jobs = ClusterJenkins.jobs(run(script));
            assertEquals(2, jobs.size(), script);
            assertEquals(
                    List.of(2, 5),
                    jobs.get(1).tasks().stream().map(TaskRecord::index).toList());
        }
    }
}
