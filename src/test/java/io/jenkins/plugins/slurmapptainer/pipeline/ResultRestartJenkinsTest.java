package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a Pipeline holds in variables, or waits for, while the controller restarts. */
@Tag("cluster")
class ResultRestartJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void resultsInVariablesSurviveARestart() throws Throwable {
        ClusterAgent cluster = ClusterAgent.found();
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowJob job = j.createProject(WorkflowJob.class, "held");
            job.setDefinition(new CpsFlowDefinition(
                    "import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException\n"
                            + "def job = slurmApptainer 'true'\n"
                            + "def failure = null\n"
                            + "try { slurmApptainer 'exit 4' } catch (SlurmJobException e) { failure = e }\n"
                            + "echo 'both are held'\n"
                            + "slurmApptainer '" + ClusterJenkins.WAIT_FOR_RELEASE + "'\n"
                            + "echo \"$job.id $job.state $job.exitCode; $failure.message $failure.job.state\"\n",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("both are held", run);
            Waits.within(Duration.ofSeconds(120))
                    .until(() -> ClusterJenkins.jobs(run).size() == 3
                            && !ClusterJenkins.jobs(run).get(2).jobId().isEmpty());
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("held", WorkflowJob.class).getLastBuild();
            cluster.attach(j.jenkins);
            ClusterJenkins.release(ClusterJenkins.jobs(run).get(2));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(
                    JenkinsRule.getLog(run),
                    matchesPattern(
                            "(?s).*Resuming build.*\\n\\d+ COMPLETED 0; Job \\d+ failed with exit code 4 FAILURE\\n.*"));
        });
    }

    @Test
    void outputIsReturnedAfterARestartOfTheController() throws Throwable {
        ClusterAgent cluster = ClusterAgent.found();
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowJob job = j.createProject(WorkflowJob.class, "printed");
            String script = "echo before; echo seen >&2\n" + ClusterJenkins.WAIT_FOR_RELEASE + "\necho after\n";
            job.setDefinition(new CpsFlowDefinition(
                    "def text = slurmApptainer(returnStdout: true, script: \"\"\"" + script.replace("$", "\\$")
                            + "\"\"\")\n" + "echo \"got ${text.replace('\\n', ',')}.\"\n",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("seen", run);
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("printed", WorkflowJob.class).getLastBuild();
            cluster.attach(j.jenkins);
            ClusterJenkins.release(ClusterJenkins.jobs(run).get(0));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(JenkinsRule.getLog(run), matchesPattern("(?s).*Resuming build.*\\ngot before,after,\\.\\n.*"));
            assertThat(JenkinsRule.getLog(run), not(containsString("\nbefore\n")));
            Waits.within(Duration.ofMinutes(1))
                    .until(() -> run.getRootDir().list((dir, name) -> name.endsWith(".stdout")).length == 0);
        });
    }
}
