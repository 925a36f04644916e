package io.jenkins.plugins.slurmapptainer.execution;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Nothing that no build waits for stays in the queue. Faults 24 and 32. */
@Tag("cluster")
class OrphanWorkJenkinsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private ClusterAgent cluster;

    @BeforeEach
    void find() throws Exception {
        cluster = ClusterAgent.found();
    }

    /** A condition of a test, looked at until it holds. */
    private static void await(String what, Callable<Boolean> condition) throws Exception {
        Waits.within(LIMIT, Duration.ofMillis(200)).alias(what).until(condition);
    }

    private static void work() throws Exception {
        OrphanWork work = ExtensionList.lookupSingleton(OrphanWork.class);
        work.execute(TaskListener.NULL);
    }

    private WorkflowRun running(JenkinsRule j, String name) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("slurmApptainer 'echo started; sleep 600'", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("started", run);
        return run;
    }

    private static JobRecord record(WorkflowRun run) {
        return run.getAction(SlurmJobsAction.class).getJobs().get(0);
    }

    @Test
    void anAbortWhileTheHeadNodeIsAwaySurvivesTheController() throws Throwable {
        String[] id = new String[1];
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowRun run = running(j, "aborted");
            id[0] = record(run).jobId();
            j.disconnectSlave((DumbSlave) j.jenkins.getNode(ClusterAgent.NAME));
            // What the step makes of it is its own matter; here the build ends without waiting for Slurm.
            run.getExecution().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("somebody"));
            await("the abort is remembered", () -> record(run).isCancelling());
            run.doTerm();
            Thread.sleep(1000);
            run.doKill();
            j.waitForCompletion(run);
            assertEquals("RUNNING", cluster.state(id[0]));
        });
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            await("the job is cancelled", () -> {
                work();
                return cluster.state(id[0]).equals("CANCELLED");
            });
            WorkflowRun run =
                    j.jenkins.getItemByFullName("aborted", WorkflowJob.class).getBuildByNumber(1);
            await("the build knows", () -> record(run).outcome() != null);
            assertEquals(Outcome.Kind.CANCELLED, record(run).outcome().kind());
            await("the job is forgotten", () -> UnfinishedJobs.get().all().isEmpty());
        });
    }

    @Test
    void theJobOfADeletedBuildIsCancelled() throws Throwable {
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowRun run = running(j, "deleted");
            String id = record(run).jobId();
            File directory = run.getRootDir();
            run.getParent().delete();
            await("the job is cancelled", () -> {
                work();
                return cluster.state(id).equals("CANCELLED");
            });
            await("the job is forgotten", () -> UnfinishedJobs.get().all().isEmpty());
            assertFalse(directory.exists(), "nothing of the build comes back");
        });
    }

    @Test
    void aJobThatNobodyKnowsIsReportedAndCancelledIfTheAdministratorWantsIt() throws Throwable {
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            SlurmCluster main = SlurmGlobalConfiguration.get().getClusters().get(0);
            String ours = submit(new JobDirectory(SlurmEngine.root(main), JobToken.random()).comment());
            String others =
                    submit(new JobDirectory(main.getSharedDirectory() + "/jenkins-0", JobToken.random()).comment());
            try (LogRecorder log =
                    new LogRecorder().record(OrphanWork.class, Level.WARNING).capture(10)) {
                work();
                work();
                work();
                List<String> lines = log.getRecords().stream()
                        .map(entry -> new java.util.logging.SimpleFormatter().formatMessage(entry))
                        .collect(Collectors.toList());
                assertEquals(1, lines.size(), lines.toString());
                assertThat(lines.get(0), containsString("job " + ours + " on cluster main"));
            }
            assertFalse(cluster.state(ours).equals("CANCELLED"));
            SlurmGlobalConfiguration.get().setCancelOrphans(true);
            await("the job is cancelled", () -> {
                work();
                return cluster.state(ours).equals("CANCELLED");
            });
            assertFalse(cluster.state(others).equals("CANCELLED"), "another controller's job is left alone");
            cluster.command("scancel", others);
        });
    }

    /** The program writes the record of its end itself, and runs on: for Slurm, which was told nothing, so does the job. */
    private static final String GHOST = """
            slurmApptainer '''
            cd "$FILES_DIR/.."
            token=$(basename "$PWD")
            size=$(stat -c %s output.log)
            echo "v1 token=$token job=$SLURM_JOB_ID attempt=0 time=$(date +%s) exit=0 stage=program signals= oom=0 output=$size" >exit.new
            mv exit.new exit.0
            : >"../announced/$token.ended.0"
            sleep 600
            '''
            """;

    @Test
    void anEndedJobThatSlurmKeepsRunningIsCancelledAfterARestart() throws Throwable {
        String[] id = new String[1];
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowJob job = j.createProject(WorkflowJob.class, "ghost");
            job.setDefinition(new CpsFlowDefinition(GHOST, true));
            id[0] = record(j.buildAndAssertSuccess(job)).jobId();
            work();
            assertEquals("RUNNING", cluster.state(id[0]), "for some minutes it is left alone");
            assertEquals(List.of(), UnfinishedJobs.get().tokens());
            assertEquals(1, UnfinishedJobs.get().ended("main").size());
        });
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            try (LogRecorder log =
                    new LogRecorder().record(OrphanWork.class, Level.WARNING).capture(10)) {
                OrphanWork hasty = new OrphanWork(Duration.ZERO);
                await("the job is cancelled", () -> {
                    hasty.execute(TaskListener.NULL);
                    return cluster.state(id[0]).equals("CANCELLED");
                });
                assertEquals(1, log.getMessages().size(), log.getMessages().toString());
                assertThat(
                        log.getMessages().get(0),
                        containsString(
                                "Job " + id[0] + " on cluster main has ended, but Slurm still calls it RUNNING"));
            }
            await("the job is forgotten", () -> {
                work();
                return UnfinishedJobs.get().ended("main").isEmpty();
            });
        });
    }

    private String submit(String comment) throws Exception {
        return cluster.command("sbatch", "--parsable", "--output=/dev/null", "--comment=" + comment, "--wrap=sleep 600")
                .strip();
    }

    @Test
    void aJobWhoseBuildGoesOnIsLeftAlone() throws Throwable {
        sessions.then(j -> {
            cluster.attach(j.jenkins);
            WorkflowRun run = running(j, "alive");
            work();
            work();
            Waits.stays(
                    "the job is cancelled",
                    Duration.ofSeconds(1),
                    () -> cluster.state(record(run).jobId()).equals("RUNNING"));
            assertEquals(1, UnfinishedJobs.get().all().size());
            run.getExecutor().interrupt();
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
            await("the job is forgotten", () -> UnfinishedJobs.get().all().isEmpty());
        });
    }
}
