package io.jenkins.plugins.slurmapptainer.execution;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.slurmapptainer.config.JobRetention;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.SweepReports;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/** Directories of ended jobs go when their time has come. */
@Tag("cluster")
@SharedJenkins
class DirectoryWorkJenkinsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private JenkinsRule j;
    private ClusterJenkins jenkins;
    private ClusterAgent cluster;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
        cluster = jenkins.cluster();
    }

    private WorkflowJob job(String script) throws Exception {
        return jenkins.job("slurmApptainer '" + script + "'");
    }

    private static JobRecord record(WorkflowRun run) {
        return run.getAction(SlurmJobsAction.class).getJobs().get(0);
    }

    /** As the jobs' user sees it. */
    private boolean exists(WorkflowRun run) throws Exception {
        return cluster.command("ls", "-d", record(run).directory().path())
                .strip()
                .equals(record(run).directory().path());
    }

    private void awaitMark(WorkflowRun run) throws Exception {
        Waits.within(LIMIT, Duration.ofMillis(200))
                .alias("the word on the end is there")
                .until(() ->
                        cluster.command("cat", record(run).directory().ended()).matches("succeeded|failed"));
        Waits.within(LIMIT, Duration.ofMillis(200))
                .alias("the queue knows the job as ended, too")
                .until(() -> !cluster.state(record(run).jobId()).equals("COMPLETING"));
    }

    private static void retention(Integer failed, int successful) {
        JobRetention retention = new JobRetention();
        retention.setFailedDays(failed);
        retention.setSuccessfulDays(successful);
        SlurmGlobalConfiguration.get().setRetention(retention);
    }

    private static void work() throws Exception {
        ExtensionList.lookupSingleton(DirectoryWork.class).execute(TaskListener.NULL);
    }

    @Test
    void directoriesAreRemovedInTimeAndTheFormSaysSo() throws Exception {
        retention(3, 1);
        WorkflowRun failed = j.buildAndAssertStatus(Result.FAILURE, job("exit 3"));
        WorkflowRun succeeded = j.buildAndAssertSuccess(job("echo done"));
        WorkflowRun running = job("echo started; sleep 600").scheduleBuild2(0).waitForStart();
        j.waitForMessage("started\n", running);
        awaitMark(failed);
        awaitMark(succeeded);
        work();
        assertTrue(exists(failed) && exists(succeeded) && exists(running), "nothing is due");

        retention(0, 1);
        try (LogRecorder log =
                new LogRecorder().record(DirectoryWork.class, Level.INFO).capture(5)) {
            // A job stays until Slurm has confirmed its end, for which it may be asked only two minutes later.
            Waits.within(Duration.ofMinutes(3), Duration.ofMillis(200)).until(() -> {
                work();
                return !exists(failed);
            });
            assertThat(
                    log.getMessages().toString(),
                    matchesPattern("\\[Cluster main: removed [1-9][0-9]* job director(y|ies), .* kept]"));
        }
        assertTrue(exists(succeeded) && exists(running));
        assertThat(SweepReports.get().line("main"), containsString(": removed "));
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            assertThat(
                    browser.goTo("configure").asNormalizedText(),
                    containsString(SweepReports.get().line("main")));
        }
        running.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(running));
    }

    @Test
    void directoriesStayWithoutASetting() throws Exception {
        WorkflowRun failed = j.buildAndAssertStatus(Result.FAILURE, job("exit 3"));
        WorkflowRun succeeded = j.buildAndAssertSuccess(job("echo done"));
        awaitMark(failed);
        work();
        assertTrue(exists(failed));
        Waits.within(LIMIT, Duration.ofMillis(200))
                .alias("a job that succeeded leaves nothing")
                .until(() -> !exists(succeeded));
    }

    @Test
    void aClusterWithoutAHeadNodeIsReported() throws Exception {
        j.disconnectSlave((hudson.slaves.DumbSlave) j.jenkins.getNode(ClusterAgent.NAME));
        work();
        assertThat(SweepReports.get().line("main"), containsString("is online"));
    }
}
