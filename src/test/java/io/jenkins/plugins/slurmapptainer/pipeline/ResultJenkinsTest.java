package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What a Pipeline gets from the step, and what the build becomes, inside the steps that change that. */
@Tag("cluster")
@SharedJenkins
class ResultJenkinsTest {
    private static final String CATCH = "import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException\n";

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    private WorkflowRun run(Result expected, String script, boolean sandbox) throws Exception {
        WorkflowJob job = jenkins.job(script);
        job.setDefinition(new CpsFlowDefinition(script, sandbox));
        return j.buildAndAssertStatus(expected, job);
    }

    private String log(Result expected, String script) throws Exception {
        String log = JenkinsRule.getLog(run(expected, script, true));
        assertThat(log, not(containsString("\tat ")));
        return log;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyFactOfTheResultAndOfAFailureCanBeRead(boolean sandbox) throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                CATCH + "def job = slurmApptainer 'true'\n"
                        + "echo \"$job.id,$job.cluster,$job.state,$job.exitCode,$job.nodes,$job.elapsed,$job.waited\"\n"
                        + "try { slurmApptainer 'exit 4' }\n"
                        + "catch (SlurmJobException e) { echo \"$e.job.state,$e.job.exitCode,$e.infrastructure,$e.message\" }\n",
                sandbox);
        assertThat(
                JenkinsRule.getLog(run),
                matchesPattern("(?s).*\\n\\d+,main,COMPLETED,0,n[12],\\d\\d:\\d\\d:\\d\\d,\\d\\d:\\d\\d:\\d\\d\\n.*"
                        + "\\nFAILURE,4,false,Job \\d+ failed with exit code 4\\n.*"));
    }

    @Test
    void returnStdoutReturnsWhatTheProgramPrints() throws Exception {
        String log = log(
                Result.SUCCESS,
                "def text = slurmApptainer(script: 'echo one; echo two >&2; printf \"\\\\344\"', returnStdout: true, encoding: 'latin1')\n"
                        + "echo \"got ${text.replace('\\n', ',')}.\"\n");
        assertThat(log, containsString("got one,\u00e4."));
        assertThat(log, containsString("\ntwo\n"));
        assertThat(log, not(containsString("\none\n")));
    }

    @Test
    void outputAboveTheLimitOfReturnStdoutFailsTheStep() throws Exception {
        String log = log(Result.FAILURE, "slurmApptainer(script: 'yes | head -c 5000000', returnStdout: true)");
        assertThat(log, containsString("more than the 4.0 MB that a step can return"));
    }

    @Test
    void returnStatusReturnsTheProgramsOwnCodesOnly() throws Exception {
        String log = log(
                Result.FAILURE,
                "for (code in [0, 3, 143]) { echo 'got ' + slurmApptainer(script: \"exit $code\", returnStatus: true) }\n"
                        + "slurmApptainer(script: 'scancel $SLURM_JOB_ID; sleep 60', returnStatus: true)");
        assertThat(log, containsString("got 0"));
        assertThat(log, containsString("got 3"));
        assertThat(log, containsString("got 143"));
        assertThat(log, matchesPattern("(?s).*ERROR: Job \\d+ was cancelled [^\\n]*\\n.*"));
    }

    @Test
    void catchErrorMakesTheBuildUnstable() throws Exception {
        String log = log(
                Result.UNSTABLE,
                "catchError(buildResult: 'UNSTABLE', stageResult: 'UNSTABLE') { slurmApptainer 'exit 5' }\necho 'after'");
        assertThat(log, matchesPattern("(?s).*ERROR: Job \\d+ failed with exit code 5\\n.*after\\n.*"));
    }

    @Test
    void timeoutCancelsTheJobAndAbortsTheBuild() throws Exception {
        WorkflowRun run = run(
                Result.ABORTED, "timeout(time: 30, unit: 'SECONDS') { slurmApptainer 'echo begun; sleep 600' }", true);
        assertEquals(List.of(Outcome.Kind.CANCELLED), ClusterJenkins.outcomes(run));
        // Under the test harness, the step "timeout" waits for 5 s, not for 60, and ends the build itself then.
        assertThat(
                JenkinsRule.getLog(run),
                matchesPattern("(?s).*(was cancelled \\(by this build|terminating with extreme prejudice).*"));
        jenkins.untilCancelled(run);
    }

    /** A plain retry repeats after any failure; the variables of withEnv reach the job that names them. */
    @Test
    void retryAndWithEnvWorkAroundTheStep() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                "int attempt = 0\n"
                        + "retry(3) { attempt++; withEnv([\"ATTEMPT=$attempt\"]) {\n"
                        + "  slurmApptainer(script: 'echo \"attempt $ATTEMPT.\"; [ $ATTEMPT = 2 ]', env: ['ATTEMPT'])\n"
                        + "} }",
                true);
        assertEquals(List.of(Outcome.Kind.SUCCESS, Outcome.Kind.FAILURE), ClusterJenkins.outcomes(run));
        assertThat(JenkinsRule.getLog(run), containsString("attempt 2."));
    }

    @Test
    void failFastEndsTheOtherBranches() throws Exception {
        WorkflowRun run = run(
                Result.FAILURE,
                "parallel(failFast: true, long: { slurmApptainer 'sleep 600' }, bad: { slurmApptainer 'sleep 3; exit 6' })",
                true);
        assertEquals(List.of(Outcome.Kind.FAILURE, Outcome.Kind.CANCELLED), ClusterJenkins.outcomes(run));
        assertTrue(JenkinsRule.getLog(run).contains("failed with exit code 6"));
    }
}
