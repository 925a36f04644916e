package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * The result that a build gets: facts about an ended job. Does not change, can be used in the script sandbox, and
 * survives restarts.
 */
public final class SlurmJobResult extends SlurmResult {
    private static final long serialVersionUID = 1L;

    private final String cluster;
    private final String waited;
    private final String expectedStart;
    private final List<SlurmTaskResult> tasks;
    private final String failedTasks;

    SlurmJobResult(JobRecord job) {
        this(List.of(job));
    }

    /** @param tries the tries of the job, the last one last; not empty */
    SlurmJobResult(List<JobRecord> tries) {
        super(last(tries), last(tries).description().isDryRun() ? "CHECKED" : "COMPLETED");
        JobRecord job = last(tries);
        cluster = job.cluster();
        expectedStart = job.expectedStart();
        waited = DurationText.of(job.waitedMillis());
        List<TaskRecord> ended = JobTries.tasks(tries);
        tasks = ended.stream().map(SlurmTaskResult::new).collect(Collectors.toCollection(ArrayList::new));
        failedTasks = ArrayIndexes.text(JobTries.failed(ended));
    }

    /**
     * The result of the step for an ended job: this object, or the exit code as a number if the build asked for that.
     *
     * @param tries the tries of the job, the last one last; not empty
     * @return empty if the build fails instead
     */
    public static Optional<Object> of(List<JobRecord> tries, SlurmJobOptions options) {
        Outcome outcome = last(tries).outcome();
        if (outcome == null) {
            return Optional.empty();
        }
        if (!options.returnStatus()) {
            return outcome.isSuccess() || !options.propagate()
                    ? Optional.of(new SlurmJobResult(tries))
                    : Optional.empty();
        }
        return outcome.isProgramsOwn() ? Optional.of(outcome.exitCode()) : Optional.empty();
    }

    private static JobRecord last(List<JobRecord> tries) {
        return tries.get(tries.size() - 1);
    }

    /** Name of the cluster. */
    @Whitelisted
    public String getCluster() {
        return cluster;
    }

    /** When a job that was only checked could start, as {@code yyyy-mm-ddThh:mm:ss}; empty for all other jobs. */
    @Whitelisted
    public String getExpectedStart() {
        return expectedStart;
    }

    /** Time in the queue as {@code hh:mm:ss}. */
    @Whitelisted
    public String getWaited() {
        return waited;
    }

    /** The last try of each task of a job array, sorted by index; empty for any other job. */
    @Whitelisted
    public List<SlurmTaskResult> getTasks() {
        return Collections.unmodifiableList(tasks);
    }

    /** Indexes of the tasks that did not succeed, such as {@code 7,12-14}, as {@code array} takes them; empty for none. */
    @Whitelisted
    public String getFailedTasks() {
        return failedTasks;
    }

    @Override
    public String toString() {
        return "job " + getId() + " " + getState() + " exit " + getExitCode();
    }
}
