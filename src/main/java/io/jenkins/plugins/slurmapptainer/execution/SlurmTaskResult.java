package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a build gets back of one task of a job array. Usable in the script sandbox, and kept over restarts. */
public final class SlurmTaskResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final String id;
    private final String state;
    private final int exitCode;
    private final String nodes;
    private final String elapsed;
    private final int restarts;

    SlurmTaskResult(TaskRecord task) {
        Outcome outcome = task.outcome();
        index = task.index();
        id = task.jobId();
        state = outcome == null
                ? Outcome.Kind.UNKNOWN.name()
                : outcome.isSuccess() ? "COMPLETED" : outcome.kind().name();
        exitCode = outcome == null ? -1 : outcome.exitCode();
        nodes = task.nodes();
        elapsed = DurationText.of(task.ranMillis());
        restarts = Math.max(0, task.startedAttempt());
    }

    /** As in {@code SLURM_ARRAY_TASK_ID}. */
    @Whitelisted
    public int getIndex() {
        return index;
    }

    /** Slurm's id of the task, such as {@code 123_7}; empty for one that was never submitted. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** {@code COMPLETED} or the name of the outcome, as for a job. */
    @Whitelisted
    public String getState() {
        return state;
    }

    /** The program's exit code, -1 if it has none. */
    @Whitelisted
    public int getExitCode() {
        return exitCode;
    }

    /** The nodes it ran on, as Slurm abbreviates them. */
    @Whitelisted
    public String getNodes() {
        return nodes;
    }

    /** Run time as {@code hh:mm:ss}. */
    @Whitelisted
    public String getElapsed() {
        return elapsed;
    }

    /** How often Slurm has started it again. */
    @Whitelisted
    public int getRestarts() {
        return restarts;
    }

    @Override
    public String toString() {
        return "task " + index + " " + state + " exit " + exitCode;
    }
}
