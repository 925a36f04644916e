package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A block of steps in an allocation, while the controller restarts or the agent is lost. */
@Tag("cluster")
class AllocationRestartJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private ClusterAgent cluster;
    private String workspace;

    @BeforeEach
    void find() throws Exception {
        cluster = ClusterAgent.found();
        workspace = cluster.shared() + "/workspaces/" + System.nanoTime();
    }

    private WorkflowRun begin(JenkinsRule j, String steps) throws Exception {
        cluster.attach(j.jenkins);
        WorkflowJob job = j.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "node('slurm') { ws('" + workspace + "') { slurmAllocation(image: 'python_3.11') {\n" + steps
                        + "\n} } }",
                true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun build(JenkinsRule j) {
        return j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
    }

    private void go() throws Exception {
        cluster.command("touch", workspace + "/go");
    }

    private static final String STEPS = "sh 'echo first'\n"
            + "sh 'echo second begins; until [ -e go ]; do sleep 1; done; touch ended; echo second ends'\n"
            + "sh 'echo \"third in $SLURM_JOB_ID\"'";

    private static void succeeds(JenkinsRule j, WorkflowRun run) throws Exception {
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("second ends"));
        assertThat(
                log,
                containsString("third in " + ClusterJenkins.jobs(run).get(0).jobId()));
        assertEquals(1, ClusterJenkins.jobs(run).size(), log);
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run), log);
    }

    @Test
    void theBlockGoesOnAfterARestart() throws Throwable {
        sessions.then(j -> j.waitForMessage("second begins\n", begin(j, STEPS)));
        go();
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            succeeds(j, build(j));
        });
    }

    @Test
    void theBlockGoesOnWhenTheAgentIsBack() throws Throwable {
        sessions.then(j -> {
            WorkflowRun run = begin(j, STEPS);
            j.waitForMessage("second begins\n", run);
            j.jenkins
                    .getComputer(ClusterAgent.NAME)
                    .disconnect(new OfflineCause.ByCLI("test"))
                    .get();
            go();
            Waits.within(Duration.ofMinutes(2))
                    .until(() -> cluster.command("ls", workspace).contains("ended"));
            j.jenkins.getComputer(ClusterAgent.NAME).connect(false).get();
            succeeds(j, run);
        });
    }

    @Test
    void aJobThatWaitsStartsItsBlockAfterARestart() throws Throwable {
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition(
                    "node('slurm') { ws('" + workspace + "') {\n"
                            + "slurmAllocation(image: 'python_3.11', begin: 'now+20') { sh 'echo it runs' } } }",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            Waits.within(Duration.ofMinutes(2))
                    .until(() -> run.getAction(SlurmJobsAction.class) != null
                            && ClusterJenkins.jobs(run).stream()
                                    .anyMatch(each -> !each.jobId().isEmpty()));
        });
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowRun run = build(j);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(JenkinsRule.getLog(run), containsString("it runs"));
        });
    }

    @Test
    void theEndOfTheJobDuringARestartFailsTheBlock() throws Throwable {
        sessions.then(j -> j.waitForMessage("second begins\n", begin(j, STEPS)));
        sessions.then(j -> {
            cluster.command("scancel", ClusterJenkins.jobs(build(j)).get(0).jobId());
            cluster.attach(j.jenkins);
            WorkflowRun run = build(j);
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        });
    }
}
