package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * The result for one task of a job array. Does not change, can be used in the script sandbox, and survives restarts.
 */
public final class SlurmTaskResult extends SlurmResult {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final int restarts;

    SlurmTaskResult(TaskRecord task) {
        super(task, "COMPLETED");
        index = task.index();
        restarts = Math.max(0, task.startedAttempt());
    }

    /** The task's index, as in {@code SLURM_ARRAY_TASK_ID}. */
    @Whitelisted
    public int getIndex() {
        return index;
    }

    /** How often Slurm has restarted the task. */
    @Whitelisted
    public int getRestarts() {
        return restarts;
    }

    @Override
    public String toString() {
        return "task " + index + " " + getState() + " exit " + getExitCode();
    }
}
