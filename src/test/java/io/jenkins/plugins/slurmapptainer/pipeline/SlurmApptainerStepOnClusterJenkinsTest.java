package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SampleJob;
import java.io.File;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in a real controller, with an agent on the head node of a real cluster. */
@Tag("cluster")
@WithJenkins
class SlurmApptainerStepOnClusterJenkinsTest {
    private static final File PROJECT = new File("").getAbsoluteFile();

    private JenkinsRule j;
    private ClusterAgent cluster;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        j = rule;
        cluster = new ClusterAgent(PROJECT);
        cluster.attach(j.jenkins);
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
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
        assertEquals(3, run.getAction(SlurmJobsAction.class).getJobs().size());
    }

    @Test
    void failureFailsTheBuildInOneSentence() throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job("slurmApptainer 'exit 7'"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, matchesPattern("(?s).*ERROR: Job \\d+ failed with exit code 7\\n.*"));
        assertThat(log, not(containsString("\tat ")));
    }

    @Test
    void needsNoExecutor() throws Exception {
        WorkflowRun run =
                job("slurmApptainer 'sleep 3; echo slept'").scheduleBuild2(0).waitForStart();
        j.waitForMessage("is running on", run);
        assertEquals(0, j.jenkins.getComputer(ClusterAgent.NAME).countBusy());
        assertThat(JenkinsRule.getLog(j.assertBuildStatusSuccess(j.waitForCompletion(run))), containsString("slept"));
    }

    @Test
    void abortCancelsTheJob() throws Exception {
        WorkflowRun run = job("slurmApptainer 'echo started; sleep 600'")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("started", run);
        String id = run.getAction(SlurmJobsAction.class).getJobs().get(0).jobId();
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        assertThat(
                cluster.command("squeue", "--noheader", "--states=all", "--jobs", id, "-o", "%T"),
                containsString("CANCELLED"));
    }

    @Test
    void aTimeoutCancelsTheJobAndWhatIsAroundItGoesOn() throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(
                Result.ABORTED,
                job("catchError { timeout(time: 20, unit: 'SECONDS') { "
                        + "slurmApptainer 'echo started; sleep 600' } }\n"
                        + "def n = 2\n"
                        + "retry(2) { n--; withEnv([\"N=$n\"]) { slurmApptainer env: 'N', script: 'exit $N' } }\n"
                        + "echo 'went on'"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("Timeout has been exceeded"));
        assertThat(log, containsString("failed with exit code 1"));
        assertThat(log, containsString("went on"));
        String id = run.getAction(SlurmJobsAction.class).getJobs().get(0).jobId();
        assertThat(
                cluster.command("squeue", "--noheader", "--states=all", "--jobs", id, "-o", "%T"),
                containsString("CANCELLED"));
        assertEquals(3, run.getAction(SlurmJobsAction.class).getJobs().size());
    }

    @Test
    void theThreadDumpSaysWhatTheStepWaitsFor() throws Exception {
        WorkflowRun run = job("slurmApptainer options: '--begin=now+1hour', script: 'sleep 600'")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("is pending", run);
        String id = run.getAction(SlurmJobsAction.class).getJobs().get(0).jobId();
        assertThat(dump(run), containsString("Slurm job " + id + " is pending (BeginTime)"));
        cluster.command("scontrol", "update", "JobId=" + id, "StartTime=now");
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
        WorkflowRun run = job("slurmApptainer 'echo first line; sleep 5; echo second line'")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("first line", run);
        assertThat(JenkinsRule.getLog(run), not(containsString("second line")));
        j.assertLogContains("second line", j.assertBuildStatusSuccess(j.waitForCompletion(run)));
    }

    @Test
    void agentThatComesAndGoesIsNoFailure() throws Exception {
        WorkflowRun run = job("slurmApptainer 'echo one; sleep 8; echo two'")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("one", run);
        j.disconnectSlave((hudson.slaves.DumbSlave) j.jenkins.getNode(ClusterAgent.NAME));
        j.waitForMessage("No answer about job", run);
        j.jenkins.getComputer(ClusterAgent.NAME).connect(true);
        ClusterAgent.waitOnline(j.jenkins);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("There are answers about job", run);
        j.assertLogContains("two", run);
    }

    @Test
    void manyBranchesEndAsTheirJobsDo() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(job("def branches = [:]\n"
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
