package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import java.io.File;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A result and a failure that a Pipeline holds in variables while the controller restarts. */
@Tag("cluster")
class ResultRestartJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void variablesSurvive() throws Throwable {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        sessions.then(j -> {
            new ClusterAgent(new File("").getAbsoluteFile()).attach(j.jenkins);
            WorkflowJob job = j.createProject(WorkflowJob.class, "held");
            job.setDefinition(new CpsFlowDefinition(
                    "import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException\n"
                            + "def job = slurmApptainer 'true'\n"
                            + "def failure = null\n"
                            + "try { slurmApptainer 'exit 4' } catch (SlurmJobException e) { failure = e }\n"
                            + "echo 'both are held'\n"
                            + "sleep 20\n"
                            + "echo \"$job.id $job.state $job.exitCode; $failure.message $failure.job.state\"\n",
                    true));
            j.waitForMessage("Sleeping for 20 sec", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("held", WorkflowJob.class).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(
                    JenkinsRule.getLog(run),
                    matchesPattern(
                            "(?s).*Resuming build.*\\n\\d+ COMPLETED 0; Job \\d+ failed with exit code 4 FAILURE\\n.*"));
        });
    }
}
