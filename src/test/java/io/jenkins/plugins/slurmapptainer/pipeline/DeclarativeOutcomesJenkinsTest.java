package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What a declarative Pipeline makes of the end of a job of a real cluster: its options, conditions and branches. */
@Tag("cluster")
@SharedJenkins
class DeclarativeOutcomesJenkinsTest {
    private static final String POST = """
            post {
                always { echo "always ${currentBuild.currentResult}" }
                success { echo 'post success' }
                failure { echo 'post failure' }
                unstable { echo 'post unstable' }
                aborted { echo 'post aborted' }
                unsuccessful { echo 'post unsuccessful' }
                cleanup { echo 'post cleanup' }
            }
            """;

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    /** A Pipeline without an agent, of one stage. */
    private static String pipeline(String options, String steps) {
        return "pipeline { agent none\n stages { stage('One') {\n" + options + "\nsteps {\n" + steps + "\n}\n" + POST
                + "} }\n" + POST + "}";
    }

    /** The conditions of {@code post}, of the stage and of the Pipeline. */
    private static void assertPost(WorkflowRun run, Result result) throws Exception {
        String log = JenkinsRule.getLog(run);
        for (String condition : List.of("success", "failure", "unstable", "aborted")) {
            boolean runs = condition.equals(result.toString().toLowerCase(Locale.ROOT));
            assertEquals(runs ? 2 : 0, count(log, "post " + condition), condition + " in\n" + log);
        }
        assertEquals(result == Result.SUCCESS ? 0 : 2, count(log, "post unsuccessful"), log);
        assertEquals(2, count(log, "always " + result), log);
        assertEquals(2, count(log, "post cleanup"), log);
    }

    private static long count(String log, String line) {
        return log.lines().filter(line::equals).count();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SUCCESS  | slurmApptainer 'true'
            FAILURE  | slurmApptainer 'exit 7'
            FAILURE  | slurmApptainer 'scancel $SLURM_JOB_ID; sleep 60'
            FAILURE  | slurmApptainer script: 'true', partition: 'none'
            UNSTABLE | catchError(buildResult: 'UNSTABLE', stageResult: 'UNSTABLE') { slurmApptainer 'exit 7' }
            UNSTABLE | warnError('not quite') { slurmApptainer 'exit 7' }
            """)
    void conditionsSeeHowTheJobEnded(String result, String step) throws Exception {
        Result expected = Result.fromString(result);
        assertPost(jenkins.run(expected, pipeline("", step)), expected);
    }

    @Test
    void conditionsSeeAnAbort() throws Exception {
        WorkflowRun run = jenkins.start(pipeline("", "slurmApptainer 'echo started; sleep 600'"));
        j.waitForMessage("\nstarted", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        assertPost(run, Result.ABORTED);
        jenkins.untilCancelled(run);
    }

    /** The job is cancelled, whether it ran already or not; the time begins with the stage. */
    @Test
    void aTimeoutOfTheStageCancelsTheJob() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.ABORTED,
                pipeline("options { timeout(time: 30, unit: 'SECONDS') }", "slurmApptainer 'echo started; sleep 600'"));
        assertPost(run, Result.ABORTED);
        j.assertLogContains("Timeout has been exceeded", run);
        assertEquals(List.of(Outcome.Kind.CANCELLED), ClusterJenkins.outcomes(run));
        jenkins.untilCancelled(run);
    }

    @Test
    void aRetryOfTheStageSubmitsAnotherJob() throws Exception {
        String log =
                jenkins.log(Result.FAILURE, pipeline("options { retry(2) }", "slurmApptainer 'echo one more; exit 4'"));
        assertEquals(2, count(log, "one more"), log);
        assertThat(log, containsString("\nRetrying\n"));
    }

    /** Of the whole Pipeline: all stages run again. */
    @Test
    void aRetryOfThePipelineRunsItAgain() throws Exception {
        String log = jenkins.log(
                Result.FAILURE,
                "pipeline { agent none\n options { retry(2) }\n stages { stage('One') { steps { "
                        + "slurmApptainer 'echo one more; exit 4' } } } }");
        assertEquals(2, count(log, "one more"), log);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    @Tag("disturbing")
    void aJobThatLosesItsNodeRunsAgain(boolean ofTheStage) throws Exception {
        ClusterAgent cluster = jenkins.cluster();
        assumeTrue(cluster.isOurs(), "nodes of this cluster cannot be taken down");
        String option = "options { retry(count: 3, conditions: [slurmInfrastructure()]) }\n";
        WorkflowRun run = jenkins.start("pipeline { agent none\n" + (ofTheStage ? "" : option)
                + "stages { stage('One') {\n" + (ofTheStage ? option : "")
                + "steps { slurmApptainer 'echo begun; " + ClusterJenkins.WAIT_FOR_RELEASE + "' } } } }");
        j.waitForMessage("\nbegun", run);
        String node = ClusterJenkins.jobs(run).get(0).nodes();
        try {
            cluster.administratorCommand("scontrol", "update", "nodename=" + node, "state=down", "reason=test");
            j.waitForMessage("\nRetrying\n", run);
            Waits.within(Duration.ofSeconds(120))
                    .until(() -> ClusterJenkins.jobs(run).size() == 2 && count(JenkinsRule.getLog(run), "begun") == 2);
            ClusterJenkins.release(ClusterJenkins.jobs(run).get(1));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(
                    JenkinsRule.getLog(run),
                    matchesPattern("(?s).*ERROR: Job \\d+ lost its node [^\\n]*\\n.*Retrying.*"));
        } finally {
            cluster.administratorCommand("scontrol", "update", "nodename=" + node, "state=resume");
        }
    }

    @Test
    void theProgramsOwnFailureIsNotRetriedForTheCluster() throws Exception {
        String log = jenkins.log(
                Result.FAILURE,
                pipeline(
                        "options { retry(count: 3, conditions: [slurmInfrastructure()]) }",
                        "slurmApptainer 'echo once; exit 4'"));
        assertEquals(1, count(log, "once"), log);
        assertThat(log, not(containsString("Retrying")));
    }

    @Test
    void failFastEndsTheParallelStages() throws Exception {
        WorkflowRun run = jenkins.run(Result.FAILURE, """
                pipeline {
                    agent none
                    stages {
                        stage('Both') {
                            failFast true
                            parallel {
                                stage('Long') {
                                    steps { slurmApptainer 'sleep 600' }
                                    post { always { echo 'long is over' } }
                                }
                                stage('Bad') { steps { slurmApptainer 'sleep 3; exit 6' } }
                            }
                        }
                        stage('Not reached') { steps { echo 'reached' } }
                    }
                }
                """);
        assertEquals(List.of(Outcome.Kind.FAILURE, Outcome.Kind.CANCELLED), ClusterJenkins.outcomes(run));
        j.assertLogContains("failed with exit code 6", run);
        j.assertLogContains("long is over", run);
        j.assertLogNotContains("\nreached", run);
    }

    @Test
    void aCaughtFailureLetsTheNextStageRun() throws Exception {
        WorkflowRun run = jenkins.run(Result.SUCCESS, """
                pipeline {
                    agent none
                    stages {
                        stage('Bad') {
                            steps { catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { slurmApptainer 'exit 6' } }
                        }
                        stage('Next') { steps { slurmApptainer 'echo went on' } }
                    }
                }
                """);
        j.assertLogContains("\nwent on\n", run);
    }
}
