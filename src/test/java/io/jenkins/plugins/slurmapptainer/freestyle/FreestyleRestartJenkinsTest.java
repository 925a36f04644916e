package io.jenkins.plugins.slurmapptainer.freestyle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ControllerProcess;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A freestyle build ends with its controller; its job is cancelled when the controller is back. */
@Tag("cluster")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FreestyleRestartJenkinsTest {
    private static final int SECONDS = 120;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = ControllerProcess.create();

    private final String project = new File("").getAbsolutePath();

    @BeforeEach
    void clusterIsUp() {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
    }

    @Test
    void aKilledControllerCancelsTheJobWhenItIsBack() throws Throwable {
        jenkins.startJenkins();
        String id = jenkins.runRemotely(FreestyleRestartJenkinsTest::begin, project);
        jenkins.stopJenkinsForcibly();
        assertThat(state(id), is("RUNNING"));
        jenkins.startJenkins();
        jenkins.runRemotely(FreestyleRestartJenkinsTest::jobIsCancelled, project, id);
    }

    @Test
    void jobIsCancelledWhenJenkinsEnds() throws Throwable {
        jenkins.startJenkins();
        String id = jenkins.runRemotely(FreestyleRestartJenkinsTest::begin, project);
        jenkins.stopJenkins();
        jenkins.startJenkins();
        jenkins.runRemotely(FreestyleRestartJenkinsTest::jobIsCancelled, project, id);
    }

    private String state(String id) throws Exception {
        return new ClusterAgent(new File(project)).state(id);
    }

    private static String begin(JenkinsRule j, String project) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        FreeStyleProject job = j.createFreeStyleProject("long");
        job.setAssignedLabel(Label.get(ClusterAgent.LABEL));
        job.getBuildersList().add(new SlurmApptainerBuilder(new SlurmApptainerStep("echo begun; sleep 600")));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("\nbegun", build);
        return build.getAction(SlurmJobsAction.class).getJobs().get(0).jobId();
    }

    private static void jobIsCancelled(JenkinsRule j, String project, String id) throws Exception {
        ClusterAgent cluster = new ClusterAgent(new File(project));
        // Its return makes Jenkins look for what no build waits for.
        cluster.attach(j.jenkins);
        FreeStyleBuild build =
                j.jenkins.getItemByFullName("long", FreeStyleProject.class).getLastBuild();
        assertFalse(build.isBuilding());
        assertEquals(Result.ABORTED, build.getResult(), JenkinsRule.getLog(build));
        Waits.within(Duration.ofSeconds(SECONDS), Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(cluster.state(id), is("CANCELLED")));
    }
}
