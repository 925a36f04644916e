package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ControllerProcess;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed, as by {@code kill -9}, while the second command of a block runs. */
@Tag("cluster")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class AllocationKillJenkinsTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = ControllerProcess.create();

    private final String project = new File("").getAbsolutePath();

    @Test
    void theBlockGoesOn() throws Throwable {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        String workspace = ClusterAgent.found().shared() + "/workspaces/" + System.nanoTime();
        jenkins.startJenkins();
        jenkins.runRemotely(AllocationKillJenkinsTest::begin, project, workspace);
        jenkins.stopJenkinsForcibly();
        new ClusterAgent(new File(project)).command("touch", workspace + "/go");
        jenkins.startJenkins();
        jenkins.runRemotely(AllocationKillJenkinsTest::end, project);
    }

    private static void begin(JenkinsRule j, String project, String workspace) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowJob job = j.createProject(WorkflowJob.class, "block");
        job.setDefinition(new CpsFlowDefinition(
                "node('slurm') { ws('" + workspace + "') { slurmAllocation(image: 'python_3.11') {\n"
                        + "sh 'echo first'\n"
                        + "sh 'echo second begins; until [ -e go ]; do sleep 0.5; done; echo second ends'\n"
                        + "sh 'echo \"third in $SLURM_JOB_ID\"'\n} } }",
                true));
        j.waitForMessage("second begins\n", job.scheduleBuild2(0).waitForStart());
    }

    private static void end(JenkinsRule j, String project) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowRun run =
                j.jenkins.getItemByFullName("block", WorkflowJob.class).getLastBuild();
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("second ends\n"));
        assertThat(
                log,
                containsString("third in " + ClusterJenkins.jobs(run).get(0).jobId() + "\n"));
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run), log);
    }
}
