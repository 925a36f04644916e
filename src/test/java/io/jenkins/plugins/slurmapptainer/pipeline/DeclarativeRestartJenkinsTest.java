package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A declarative Pipeline whose job runs on while the controller restarts. */
@Tag("cluster")
class DeclarativeRestartJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private ClusterAgent cluster;

    @BeforeEach
    void find() throws Exception {
        cluster = ClusterAgent.found();
    }

    @Test
    void aDeclarativePipelineContinuesAfterARestart() throws Throwable {
        sessions.then(j -> {
            WorkflowRun run = ClusterJenkins.attach(j)
                    .start("pipeline { agent none\n"
                            + "options { timeout(time: 1, unit: 'HOURS') }\n"
                            + "environment { MODE = 'fast' }\n"
                            + "stages { stage('One') { options { retry(2) }\nsteps {\n"
                            + "  slurmApptainer(env: ['MODE'], script: 'echo begun; " + ClusterJenkins.WAIT_FOR_RELEASE
                            + "; echo \"$MODE end\"; exit 3')\n"
                            + "} } }\n"
                            + "post { failure { echo 'post failure' } } }");
            j.waitForMessage("\nbegun", run);
        });
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowRun run = j.jenkins.getAllItems(WorkflowJob.class).get(0).getLastBuild();
            ClusterJenkins.release(ClusterJenkins.jobs(run).get(0));
            j.waitForMessage("\nRetrying\n", run);
            Waits.within(Duration.ofSeconds(120)).until(() -> count(run, "begun") >= 2);
            ClusterJenkins.release(ClusterJenkins.jobs(run).get(1));
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
            assertEquals(2, ClusterJenkins.jobs(run).size());
            assertEquals(2, count(run, "fast end"));
            assertEquals(1, count(run, "post failure"));
        });
    }

    private static long count(WorkflowRun run, String line) throws Exception {
        return JenkinsRule.getLog(run).lines().filter(line::equals).count();
    }
}
