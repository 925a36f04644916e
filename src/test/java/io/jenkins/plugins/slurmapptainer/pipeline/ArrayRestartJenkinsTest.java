package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ControllerProcess;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed while some tasks of an array have ended, some run and some wait, and again in the retry. */
@Tag("cluster")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ArrayRestartJenkinsTest {
    private static final int TASKS = 6;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = ControllerProcess.create();

    private final String project = new File("").getAbsolutePath();

    @Test
    void arraySurvivesTwoKills() throws Throwable {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        jenkins.startJenkins();
        jenkins.runRemotely(ArrayRestartJenkinsTest::begin, project);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(ArrayRestartJenkinsTest::goOn, project);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(ArrayRestartJenkinsTest::end, project);
    }

    /** Tasks 0 and 1 end at once, the others wait for a file; task 1 fails in the first try. */
    private static void begin(JenkinsRule j, String project) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowJob job = j.createProject(WorkflowJob.class, "array");
        job.setDefinition(new CpsFlowDefinition(
                "def job = slurmApptainer(array: '0-" + (TASKS - 1) + "%3', taskRetries: 1, time: '5', script: '''\n"
                        + "echo \"begin of $SLURM_ARRAY_TASK_ID in job $SLURM_ARRAY_JOB_ID\"\n"
                        + "if [ $SLURM_ARRAY_TASK_ID -gt 1 ] || [ $SLURM_ARRAY_TASK_COUNT = 1 ]; then\n"
                        + "  " + ClusterJenkins.WAIT_FOR_RELEASE + "\n"
                        + "fi\n"
                        + "echo \"end of $SLURM_ARRAY_TASK_ID\"\n"
                        + "[ $SLURM_ARRAY_TASK_ID != 1 ] || [ $SLURM_ARRAY_TASK_COUNT = 1 ]''')\n"
                        + "echo \"state $job.state, ${job.tasks.size()} tasks, failed '$job.failedTasks'\"",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("[1] end of 1", run);
        j.waitForMessage("] begin of 2", run);
        j.waitForMessage("] begin of 3", run);
    }

    private static WorkflowRun run(JenkinsRule j) {
        return j.jenkins.getItemByFullName("array", WorkflowJob.class).getLastBuild();
    }

    /** The first array ends, and its retry begins. */
    private static void goOn(JenkinsRule j, String project) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowRun run = run(j);
        ClusterJenkins.release(ClusterJenkins.jobs(run).get(0));
        j.waitForMessage("again: 1 (retry 1 of 1)", run);
        Waits.within(Duration.ofSeconds(120))
                .until(() -> ClusterJenkins.jobs(run).size() == 2
                        && !ClusterJenkins.jobs(run).get(1).jobId().isEmpty());
        j.waitForMessage("begin of 1 in job " + ClusterJenkins.jobs(run).get(1).jobId(), run);
    }

    private static void end(JenkinsRule j, String project) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowRun run = run(j);
        List<JobRecord> jobs = ClusterJenkins.jobs(run);
        ClusterJenkins.release(jobs.get(1));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        String log = JenkinsRule.getLog(run);
        assertEquals(2, jobs.size(), log);
        assertThat(log, containsString("\nstate COMPLETED, " + TASKS + " tasks, failed ''\n"));
        assertEquals(2, count(log, "Submitted batch job"), log);
        IntStream.range(0, TASKS).forEach(task -> {
            int tries = task == 1 ? 2 : 1;
            assertEquals(tries, count(log, "[" + task + "] begin of " + task + " in"), log);
            assertEquals(tries, count(log, "[" + task + "] end of " + task + "\n"), log);
        });
    }

    private static int count(String log, String text) {
        return log.split(Pattern.quote(text), -1).length - 1;
    }
}
