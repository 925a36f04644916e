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

/** What a build gets back: facts about an ended job. Usable in the script sandbox, and kept over restarts. */
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

    /** @param tries of the one job, of which the last one counts; not empty */
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
     * What the build gets for an ended job: this object, or the exit code as a number if it asked for that.
     *
     * @param tries of the one job, of which the last one counts; not empty
     * @return nothing if the build fails instead
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

    /** When a job that was only checked could start, as {@code yyyy-mm-ddThh:mm:ss}; empty for any other. */
    @Whitelisted
    public String getExpectedStart() {
        return expectedStart;
    }

    /** Time in the queue as {@code hh:mm:ss}. */
    @Whitelisted
    public String getWaited() {
        return waited;
    }

    /** The last try of each task of a job array, by their indexes; empty for any other job. */
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
