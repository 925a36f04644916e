package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.RetryStep;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code retry(conditions: [slurmInfrastructure()])} around jobs of a real cluster. */
@SharedJenkins
class RetryJenkinsTest {
    private JenkinsRule j;

    @BeforeEach
    void keep(JenkinsRule rule) {
        j = rule;
    }

    @Test
    void theConditionSurvivesFormAndSnippet() throws Exception {
        RetryStep step = new RetryStep(3);
        step.setConditions(List.of(new SlurmInfrastructureCondition()));
        RetryStep again = new StepConfigTester(j).configRoundTrip(step);
        assertEquals(
                SlurmInfrastructureCondition.class, again.getConditions().get(0).getClass());
        new SnippetizerTester(j)
                .assertRoundTrip(again, "retry(conditions: [slurmInfrastructure()], count: 3) {\n    // some block\n}");
    }

    @Test
    @Tag("cluster")
    @Tag("disturbing")
    void aJobThatLosesItsNodeRunsAgainOnAnother() throws Exception {
        ClusterJenkins jenkins = ClusterJenkins.attach(j);
        ClusterAgent cluster = jenkins.cluster();
        assumeTrue(cluster.isOurs(), "nodes of this cluster cannot be taken down");
        WorkflowRun run = jenkins.job("int attempt = 0\n"
                        + "retry(count: 3, conditions: [slurmInfrastructure()]) {\n"
                        + "  attempt++\n"
                        + "  slurmApptainer(attempt == 1 ? 'echo first; sleep 600' : 'echo second')\n"
                        + "}")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("\nfirst", run);
        String node = ClusterJenkins.jobs(run).get(0).nodes();
        try {
            cluster.administratorCommand("scontrol", "update", "nodename=" + node, "state=down", "reason=test");
            String log = JenkinsRule.getLog(j.assertBuildStatusSuccess(j.waitForCompletion(run)));
            assertThat(
                    log, matchesPattern("(?s).*ERROR: Job \\d+ lost its node \\([^\\n]*\\nRetrying\\n.*second\\n.*"));
            assertThat(log, not(containsString("\tat ")));
            assertEquals(2, ClusterJenkins.jobs(run).size());
        } finally {
            cluster.administratorCommand("scontrol", "update", "nodename=" + node, "state=resume");
        }
    }

    /** The container program is not on the node at first: an installation that is mended meanwhile. */
    @Test
    @Tag("cluster")
    void aJobThatCannotBeLaunchedRunsAgain() throws Exception {
        ClusterJenkins jenkins = ClusterJenkins.attach(j);
        ClusterAgent cluster = jenkins.cluster();
        String program = cluster.shared() + "/apptainer-" + UUID.randomUUID();
        SlurmCluster configured = SlurmGlobalConfiguration.get().getClusters().get(0);
        configured.setApptainer(program);
        WorkflowRun run = j.buildAndAssertSuccess(jenkins.job("int attempt = 0\n"
                + "retry(count: 2, conditions: [slurmInfrastructure()]) {\n"
                + "  if (++attempt == 2) { node('slurm') { sh 'ln -s $(command -v apptainer) " + program + "' } }\n"
                + "  slurmApptainer(image: 'python_3.11', script: 'echo ran')\n"
                + "}"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, matchesPattern("(?s).*ERROR: Job \\d+ could not be launched [^\\n]*\\nRetrying\\n.*ran\\n.*"));
        cluster.command("rm", "-f", program);
    }

    @ParameterizedTest
    @Tag("cluster")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            script: 'exit 3'                           | failed with exit code 3 | 1
            script: 'kill -9 $$'                       | was ended by signal 9 | 1
            script: 'kill -9 $PPID; sleep 20'          | was ended by signal 9 | 1
            script: 'scancel $SLURM_JOB_ID; sleep 60'  | was cancelled | 1
            script: 'true', partition: 'none'          | was not accepted | 1
            script: 'true', memory: 'much'             | memory: 'much' is not a size | 0
            """)
    void otherFailuresAreNotRetried(String arguments, String sentence, int jobs) throws Exception {
        ClusterJenkins jenkins = ClusterJenkins.attach(j);
        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE,
                jenkins.job(
                        "retry(count: 3, conditions: [slurmInfrastructure()]) { slurmApptainer(" + arguments + ") }"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString(sentence));
        assertThat(log, not(containsString("Retrying")));
        assertEquals(jobs, ClusterJenkins.jobs(run).size());
    }
}
