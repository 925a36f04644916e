package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.remoting.VirtualChannel;
import hudson.util.RemotingDiagnostics;
import io.jenkins.plugins.slurmapptainer.config.ClusterLimits;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.SmallDisks;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Outputs in the workspace and among the artifacts, in a real controller. */
@Tag("cluster")
@SharedJenkins
class OutputsJenkinsTest {
    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    private static String artifacts(WorkflowRun run) {
        return run.getArtifacts().stream()
                .map(artifact -> artifact.relativePath)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Test
    void outputsComeBackAndAreArchived() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(jenkins.job("node('" + ClusterAgent.LABEL + "') {\n"
                + "  slurmApptainer outputs: 'sum.txt, plots/**', archive: true,\n"
                + "      script: 'mkdir plots; echo 42 >sum.txt; echo x >plots/a.svg'\n"
                + "  echo \"the sum is ${readFile 'sum.txt'}\"\n}"));
        j.assertLogContains("the sum is 42", run);
        assertEquals("plots/a.svg sum.txt", artifacts(run));
        try (var in = run.getArtifactManager().root().child("sum.txt").open()) {
            assertEquals("42\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void outputsComeBackFromAFailedJob() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.FAILURE,
                "node('" + ClusterAgent.LABEL + "') {\n"
                        + "  slurmApptainer outputs: '*.txt', archive: true, script: 'echo half >half.txt; exit 4'\n}");
        j.assertLogContains("failed with exit code 4", run);
        assertEquals("half.txt", artifacts(run));
    }

    @Test
    void missingOutputsFailTheStep() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.FAILURE,
                "node('" + ClusterAgent.LABEL + "') {\n" + "  slurmApptainer outputs: 'model.pkl', script: 'true'\n}");
        j.assertLogContains("'model.pkl' matches no file in", run);
    }

    /** Names that Ant would leave out are archived, too; the dangling link does not hold the build until the limit. */
    @Test
    void aBrokenLinkDoesNotStopOtherOutputs() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.FAILURE,
                "node('" + ClusterAgent.LABEL + "') { timeout(5) {\n"
                        + "  slurmApptainer outputs: 'run/**', archive: true,\n"
                        + "      script: 'mkdir -p run/.git; cd run; echo x | tee a~ %x% .git/config; ln -s /nowhere l'\n"
                        + "} }");
        j.assertLogContains("'run/l' is a symbolic link to /nowhere, which does not exist", run);
        assertEquals("run/%x% run/.git/config run/a~", artifacts(run));
        assertEquals(
                Outcome.Kind.OUTPUT_MISSING,
                ClusterJenkins.jobs(run).get(0).outcome().kind());
    }

    /** An abort does not free a thread that has got into a pipe: nothing may get there. */
    @Test
    void aPipeStopsNeitherOutputsNorAThread() throws Exception {
        String script = "node('" + ClusterAgent.LABEL + "') { slurmApptainer outputs: 'run/**',\n"
                + "  script: 'mkdir run; echo new >run/result.txt; mkfifo run/control; echo made'";
        WorkflowRun run = jenkins.run(Result.FAILURE, script + " }");
        j.assertLogContains("'run/control' is a named pipe, no file", run);
        j.assertLogContains("Outputs in the workspace: 1 file, 4 bytes", run);
        assertEquals(
                Outcome.Kind.OUTPUT_MISSING,
                ClusterJenkins.jobs(run).get(0).outcome().kind());
        untilNoThreadOfTheAgentOpensAFile();
        run = jenkins.start(script.replace("made'", "made; sleep 600' }"));
        j.waitForMessage("\nmade", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        jenkins.untilCancelled(run);
        untilNoThreadOfTheAgentOpensAFile();
    }

    /** Those that open ordinary files are done in no time. */
    private void untilNoThreadOfTheAgentOpensAFile() throws InterruptedException {
        VirtualChannel agent = j.jenkins.getComputer(ClusterAgent.NAME).getChannel();
        Waits.within(Duration.ofMinutes(1), Duration.ofMillis(500))
                .alias("no thread of the agent is in open")
                .until(() -> {
                    Collection<String> threads =
                            RemotingDiagnostics.getThreadDump(agent).values();
                    assertTrue(threads.stream().anyMatch(thread -> thread.contains("hudson.remoting.")));
                    return threads.stream().noneMatch(thread -> thread.contains(".open0("));
                });
    }

    @Test
    void outputsAboveTheLimitAreNamedAndNotCopied() throws Exception {
        ClusterLimits limits = new ClusterLimits();
        limits.setOutputsSize("1M");
        SlurmGlobalConfiguration.get().getClusters().get(0).setLimits(limits);
        WorkflowRun run = jenkins.run(
                Result.FAILURE,
                "node('" + ClusterAgent.LABEL + "') {\n"
                        + "  slurmApptainer outputs: '*.bin', archive: true,\n"
                        + "      script: 'head -c 2M /dev/zero >a.bin; head -c 10 /dev/zero >b.bin'\n}");
        j.assertLogContains(
                "Outputs: 2 files of 2.1 MB are more than the 1M (1.0 MB) that cluster main allows; nothing was copied",
                run);
        j.assertLogContains(": a.bin (2.1 MB), b.bin (10 bytes)", run);
        assertEquals("", artifacts(run));
        assertEquals(
                Outcome.Kind.OUTPUT_MISSING,
                ClusterJenkins.jobs(run).get(0).outcome().kind());
    }

    @Test
    void aJobThatFillsTheSharedDirectoryFailsWithTheReason() throws Exception {
        String small =
                SmallDisks.newDirectory(jenkins.cluster().mounts(), "full").toString();
        try {
            jenkins.cluster().administratorCommand("chmod", "777", small);
            SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", ClusterAgent.LABEL, small)));
            WorkflowRun run = jenkins.run(
                    Result.FAILURE,
                    "node('" + ClusterAgent.LABEL + "') {\n"
                            + "  slurmApptainer outputs: 'part', script: 'echo 1 >part; cat /dev/zero >big'\n"
                            + "}");
            j.assertLogContains("failed with exit code 1 (no space left: ", run);
            j.assertLogContains(" of 16.8 MB are free on " + small, run);
            j.assertLogContains("Outputs in the workspace: 1 file, 2 bytes", run);
        } finally {
            SmallDisks.remove(Path.of(small));
        }
    }

    @Test
    void outputsNeedAWorkspace() throws Exception {
        WorkflowRun run = jenkins.run(Result.FAILURE, "slurmApptainer outputs: 'model.pkl', script: 'true'");
        j.assertLogContains("there is no workspace here", run);
        run = jenkins.run(Result.FAILURE, "slurmApptainer archive: true, script: 'true'");
        j.assertLogContains("archive: there is nothing to archive", run);
    }
}
