package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ControllerProcess;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** What has no line end stands in the log of a build at once, and once, also if the controller is killed in the midst of it. */
@Tag("cluster")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class UnendedLinesJenkinsTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = ControllerProcess.create();

    private final String project = new File("").getAbsolutePath();

    @Test
    void aLineSurvivesAKillInTheMiddle() throws Throwable {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        jenkins.startJenkins();
        jenkins.runRemotely(UnendedLinesJenkinsTest::begin, project);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(UnendedLinesJenkinsTest::end, project);
    }

    private static void begin(JenkinsRule j, String project) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowJob job = j.createProject(WorkflowJob.class, "dots");
        job.setDefinition(new CpsFlowDefinition(
                "slurmApptainer(time: '5', script: '''printf 'abc'\n" + ClusterJenkins.WAIT_FOR_RELEASE
                        + "\nprintf 'def\\\\n' ''')",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        Path log = run.getRootDir().toPath().resolve("log");
        Waits.within(Duration.ofMinutes(2)).until(() -> Files.exists(log));
        Waits.within(Duration.ofMinutes(2)).until(() -> log(run).contains("\nabc"));
    }

    /** The file itself: a page of Jenkins shows a running build up to its last line end. */
    private static String log(WorkflowRun run) throws IOException {
        return Files.readString(run.getRootDir().toPath().resolve("log"), StandardCharsets.UTF_8);
    }

    private static void end(JenkinsRule j, String project) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowRun run = j.jenkins.getItemByFullName("dots", WorkflowJob.class).getLastBuild();
        j.waitForMessage("Following job", run);
        ClusterJenkins.release(ClusterJenkins.jobs(run).get(0));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        String log = log(run);
        assertEquals(2, log.split("abc", -1).length, log);
        assertThat(log, containsString("\ndef\n"));
    }
}
