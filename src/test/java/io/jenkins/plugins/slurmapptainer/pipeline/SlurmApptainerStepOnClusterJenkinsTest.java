package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SampleJob;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The step in a real controller, with an agent on the head node of a real cluster. */
@Tag("cluster")
@SharedJenkins
class SlurmApptainerStepOnClusterJenkinsTest {
    private static final File PROJECT = new File("").getAbsoluteFile();

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    @Test
    void sampleRuns() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(new SampleJob(PROJECT).create(j.jenkins, "sample"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("Hello from inside Apptainer!"));
        assertThat(log, containsString("Python 3.11."));
        assertThat(log, containsString("Processed 3 rows, the values sum up to 42"));
        assertThat(log, containsString("Apptainer execution completed"));
        assertThat(log, containsString("COMPLETED exit 0 on n"));
        assertThat(log, containsString("failed with exit code 9"));
        assertThat(log, containsString("The script on the host ended with 3"));
        assertEquals(3, ClusterJenkins.jobs(run).size());
    }

    @Test
    void failureFailsTheBuildInOneSentence() throws Exception {
        WorkflowRun run = jenkins.run(Result.FAILURE, "slurmApptainer 'exit 7'");
        String log = JenkinsRule.getLog(run);
        assertThat(log, matchesPattern("(?s).*ERROR: Job \\d+ failed with exit code 7\\n.*"));
        assertThat(log, not(containsString("\tat ")));
    }

    @Test
    void listsMapsNumbersAndGStringsOfAJenkinsfileAreAccepted() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                "node('slurm') { def n = 'b'\nwriteFile file: 'a.csv', text: '1'\nwriteFile file: 'b.csv', text: '2'\n"
                        + "slurmApptainer(files: ['a.csv', \"${n}.csv\"], outputs: ['r.txt'], env: [\"N_${n}\": n, M: 3],\n"
                        + "  cpusPerTask: '1', time: 5, options: [nice: 5], label: 'Sum of files', encoding: 'latin1',\n"
                        + "  script: 'cat a.csv b.csv >r.txt; printf \"got $N_b $M \\\\344\\\\n\"')\n"
                        + "echo \"r=${readFile 'r.txt'}\" }");
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("got b 3 ä"));
        assertThat(log, containsString("r=12"));
        boolean labelled = new DepthFirstScanner()
                .allNodes(run.getExecution()).stream()
                        .map(node -> node.getAction(LabelAction.class))
                        .anyMatch(label -> label != null && "Sum of files".equals(label.getDisplayName()));
        assertEquals(true, labelled);
    }

    @Test
    void theStepNeedsNoExecutor() throws Exception {
        WorkflowRun run = jenkins.start("slurmApptainer '" + ClusterJenkins.WAIT_FOR_RELEASE + "; echo slept'");
        j.waitForMessage("is running on", run);
        assertEquals(0, jenkins.busy());
        ClusterJenkins.release(ClusterJenkins.jobs(run).get(0));
        assertThat(JenkinsRule.getLog(j.assertBuildStatusSuccess(j.waitForCompletion(run))), containsString("slept"));
    }

    @Test
    void abortCancelsTheJob() throws Exception {
        WorkflowRun run = jenkins.start("slurmApptainer 'echo started; sleep 600'");
        j.waitForMessage("started", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        jenkins.untilCancelled(run);
    }

    @Test
    void aTimeoutCancelsTheJobAndThePipelineContinues() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.ABORTED,
                "catchError { timeout(time: 20, unit: 'SECONDS') { "
                        + "slurmApptainer 'echo started; sleep 600' } }\n"
                        + "def n = 2\n"
                        + "retry(2) { n--; withEnv([\"N=$n\"]) { slurmApptainer env: 'N', script: 'exit $N' } }\n"
                        + "echo 'went on'");
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("Timeout has been exceeded"));
        assertThat(log, containsString("failed with exit code 1"));
        assertThat(log, containsString("went on"));
        jenkins.untilCancelled(run);
        assertEquals(3, ClusterJenkins.jobs(run).size());
    }

    @Test
    void theThreadDumpSaysWhatTheStepWaitsFor() throws Exception {
        WorkflowRun run = jenkins.start("slurmApptainer options: '--begin=now+1hour', script: 'sleep 600'");
        j.waitForMessage("is pending", run);
        String id = ClusterJenkins.jobs(run).get(0).jobId();
        assertThat(dump(run), containsString("Slurm job " + id + " is pending (BeginTime)"));
        jenkins.cluster().command("scontrol", "update", "JobId=" + id, "StartTime=now");
        j.waitForMessage("is running on", run);
        assertThat(dump(run), containsString("Slurm job " + id + " is running on n"));
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
    }

    private static String dump(WorkflowRun run) {
        return ((CpsFlowExecution) run.getExecution()).getThreadDump().toString();
    }

    @Test
    void outputComesWhileTheJobRuns() throws Exception {
        WorkflowRun run = jenkins.start(
                "slurmApptainer 'echo first line; " + ClusterJenkins.WAIT_FOR_RELEASE + "; echo second line'");
        j.waitForMessage("first line", run);
        assertThat(JenkinsRule.getLog(run), not(containsString("second line")));
        ClusterJenkins.release(ClusterJenkins.jobs(run).get(0));
        j.assertLogContains("second line", j.assertBuildStatusSuccess(j.waitForCompletion(run)));
    }

    /** Each dot has the time after it at which it was printed. The middle one of nine counts: the machine may be busy for a moment. */
    @Test
    void dotsAreInTheLogWithinTwoSeconds() throws Exception {
        WorkflowRun run = jenkins.start("slurmApptainer '''for i in 1 2 3 4 5 6 7 8 9\n"
                + "do printf '.%s' $(date +%s%3N); sleep 1.7; done; echo; echo done'''");
        Path log = run.getRootDir().toPath().resolve("log");
        List<Long> late = new ArrayList<>();
        Waits.within(Duration.ofMinutes(1)).until(() -> Files.exists(log));
        Pattern dot = Pattern.compile("\\.(\\d{13})(?!\\d)");
        Waits.within(Duration.ofMinutes(2)).until(() -> {
            long now = System.currentTimeMillis();
            List<Long> printed = dot.matcher(Files.readString(log))
                    .results()
                    .map(match -> Long.valueOf(match.group(1)))
                    .collect(Collectors.toList());
            for (long time : printed.subList(late.size(), printed.size())) {
                late.add(now - time);
            }
            return late.size() == 9;
        });
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertThat(late.toString(), late.stream().sorted().skip(4).findFirst().orElseThrow(), lessThan(2000L));
    }

    @Test
    void agentThatComesAndGoesIsNoFailure() throws Exception {
        WorkflowRun run = jenkins.start("slurmApptainer 'echo one; " + ClusterJenkins.WAIT_FOR_RELEASE + "; echo two'");
        j.waitForMessage("one", run);
        j.disconnectSlave((hudson.slaves.DumbSlave) j.jenkins.getNode(ClusterAgent.NAME));
        j.waitForMessage("No answer about job", run);
        ClusterJenkins.release(ClusterJenkins.jobs(run).get(0));
        j.jenkins.getComputer(ClusterAgent.NAME).connect(true);
        ClusterAgent.waitOnline(j.jenkins);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("can be asked about again", run);
        j.assertLogContains("two", run);
    }

    @Test
    void manyBranchesEndAsTheirJobsDo() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(jenkins.job("def branches = [:]\n"
                + "for (int i = 0; i < 50; i++) {\n"
                + "  int n = i\n"
                + "  branches[\"b$n\"] = { def code = slurmApptainer(script: \"exit $n\", returnStatus: true); "
                + "echo \"branch $n got $code\" }\n"
                + "}\n"
                + "parallel branches"));
        String log = JenkinsRule.getLog(run);
        for (int n = 0; n < 50; n++) {
            assertThat(log, containsString("branch " + n + " got " + n));
        }
    }
}
