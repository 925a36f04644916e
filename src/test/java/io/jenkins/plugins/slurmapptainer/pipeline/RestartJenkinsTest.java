package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import java.io.File;
import java.util.Collections;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that ends while its job runs, by kill -9 and in good order. */
@Tag("cluster")
class RestartJenkinsTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().withTimeout(180);

    @Test
    void jobSurvivesKill9() throws Throwable {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        String project = new File("").getAbsolutePath();
        jenkins.startJenkins();
        jenkins.runRemotely(RestartJenkinsTest::startJob, project);
        // What is shown is saved within two seconds.
        Thread.sleep(4_000);
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
        jenkins.runRemotely(RestartJenkinsTest::jobEnded, project);
    }

    @Test
    void jobSurvivesARestart() throws Throwable {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        String project = new File("").getAbsolutePath();
        jenkins.startJenkins();
        jenkins.runRemotely(RestartJenkinsTest::startJob, project);
        jenkins.stopJenkins();
        jenkins.startJenkins();
        jenkins.runRemotely(RestartJenkinsTest::jobEnded, project);
    }

    private static void startJob(JenkinsRule j, String project) throws Exception {
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowJob job = j.createProject(WorkflowJob.class, "long");
        job.setDefinition(new CpsFlowDefinition(
                "slurmApptainer(image: 'python_3.11', script: 'for i in $(seq 20); do echo line $i; sleep 1; done')",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("line 3\n", run);
    }

    private static void jobEnded(JenkinsRule j, String project) throws Exception {
        // Another agent takes over.
        new ClusterAgent(new File(project)).attach(j.jenkins);
        WorkflowRun run = j.jenkins.getItemByFullName("long", WorkflowJob.class).getLastBuild();
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertEquals(1, run.getAction(SlurmJobsAction.class).getJobs().size());
        var lines = FileUtils.readLines(new File(run.getRootDir(), "log"), "UTF-8");
        for (int i = 1; i <= 20; i++) {
            String line = "line " + i;
            assertTrue(lines.stream().anyMatch(text -> text.endsWith(line)), line + " is missing in " + lines);
        }
        assertEquals(
                1,
                Collections.frequency(
                        lines.stream().map(l -> l.endsWith("line 20")).toList(), true));
        assertEquals(
                1,
                lines.stream()
                        .filter(text -> text.contains("Submitted batch job"))
                        .count(),
                String.valueOf(lines));
    }
}
