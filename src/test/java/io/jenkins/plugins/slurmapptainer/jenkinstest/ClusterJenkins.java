package io.jenkins.plugins.slurmapptainer.jenkinstest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A controller with the agent of {@link ClusterAgent} attached, and what tests ask of its builds and their jobs. */
public final class ClusterJenkins {
    private final JenkinsRule j;
    private final ClusterAgent cluster;

    private ClusterJenkins(JenkinsRule j, ClusterAgent cluster) {
        this.j = j;
        this.cluster = cluster;
    }

    /** Attaches the agent; the test is left out if there is no cluster. */
    public static ClusterJenkins attach(JenkinsRule j) throws Exception {
        ClusterAgent cluster = ClusterAgent.found();
        cluster.attach(j.jenkins);
        return new ClusterJenkins(j, cluster);
    }

    public ClusterAgent cluster() {
        return cluster;
    }

    /** A new Pipeline job, in the sandbox. */
    public WorkflowJob job(String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Starts a build of a new Pipeline job. */
    public WorkflowRun start(String script) throws Exception {
        return job(script).scheduleBuild2(0).waitForStart();
    }

    /** Runs a new Pipeline job to its end, which must be the expected one. */
    public WorkflowRun run(Result expected, String script) throws Exception {
        return j.buildAndAssertStatus(expected, job(script));
    }

    /** The log of a new Pipeline job's build; see {@link #run}. */
    public String log(Result expected, String script) throws Exception {
        return JenkinsRule.getLog(run(expected, script));
    }

    /** How many executors of the cluster's agent are busy. */
    public int busy() {
        return j.jenkins.getComputer(ClusterAgent.NAME).countBusy();
    }

    /** What the build knows of its jobs, in the order of their steps. */
    public static List<JobRecord> jobs(Run<?, ?> run) {
        return run.getAction(SlurmJobsAction.class).getJobs();
    }

    /**
     * How the build's jobs ended, sorted. Waits for their ends: a build that was aborted or has failed may end before its
     * jobs.
     */
    public static List<Outcome.Kind> outcomes(Run<?, ?> run) {
        Waits.within(Duration.ofMinutes(2), Duration.ofMillis(200))
                .until(() -> jobs(run).stream().allMatch(job -> job.outcome() != null));
        return jobs(run).stream()
                .map(JobRecord::outcome)
                .map(Outcome::kind)
                .sorted()
                .toList();
    }

    /** Slurm's word for the state of the build's only or first job. */
    public String state(Run<?, ?> run) throws IOException, InterruptedException {
        return cluster.state(jobs(run).get(0).jobId());
    }

    /** Waits until the job is cancelled: a build that was aborted does not wait for ever for Slurm to do that. */
    public void untilCancelled(Run<?, ?> run) throws IOException, InterruptedException {
        Waits.within(Duration.ofMinutes(2), Duration.ofSeconds(1))
                .untilAsserted(() -> assertEquals("CANCELLED", state(run)));
    }

    /** What a job's script runs to wait for {@link #release}. */
    public static final String WAIT_FOR_RELEASE = "until [ -e go ]; do sleep 0.2; done";

    /** Lets a job go on that runs {@link #WAIT_FOR_RELEASE}. */
    public static void release(JobRecord job) throws IOException {
        Files.createFile(Path.of(job.directory().path(), "files", "go"));
    }
}
