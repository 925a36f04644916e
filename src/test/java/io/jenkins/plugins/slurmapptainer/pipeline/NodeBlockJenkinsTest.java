package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A {@code node} block whose agent is not there after a restart. Pipeline waits for it, in tests for 15 seconds. */
@Tag("cluster")
class NodeBlockJenkinsTest {
    private static final File PROJECT = new File("").getAbsoluteFile();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private ClusterAgent cluster;
    private String id;

    @BeforeEach
    void find() throws Exception {
        cluster = ClusterAgent.found();
    }

    /** Pipeline ends the block without asking the step. */
    @Test
    void theJobEndsWithTheBlockThatPipelineEnds() throws Throwable {
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition(
                    "node('slurm') { writeFile file: 'data.txt', text: 'data'\n"
                            + "slurmApptainer files: 'data.txt', script: 'echo started; sleep 600' }",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("started\n", run);
            id = run.getAction(SlurmJobsAction.class).getJobs().get(0).jobId();
            j.jenkins.removeNode(j.jenkins.getNode(ClusterAgent.NAME));
        });
        sessions.then(j -> {
            cluster.attach(j.jenkins, "other", ClusterAgent.LABEL, "");
            WorkflowRun run =
                    j.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
            Waits.within(Duration.ofMinutes(2), Duration.ofMillis(200))
                    .untilAsserted(() -> assertEquals("CANCELLED", cluster.state(id)));
        });
    }
}
