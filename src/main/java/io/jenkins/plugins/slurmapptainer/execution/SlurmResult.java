package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.engine.JobProgress;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * The part of the result that jobs and tasks share. Does not change, can be used in the script sandbox, and survives
 * restarts.
 */
public abstract class SlurmResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String state;
    private final int exitCode;
    private final String nodes;
    private final String elapsed;

    /** @param success the state if it succeeded */
    SlurmResult(JobProgress progress, String success) {
        Outcome outcome = progress.outcome();
        id = progress.jobId();
        state = outcome == null
                ? Outcome.Kind.UNKNOWN.name()
                : outcome.isSuccess() ? success : outcome.kind().name();
        exitCode = outcome == null ? -1 : outcome.exitCode();
        nodes = progress.nodes();
        elapsed = DurationText.of(progress.ranMillis());
    }

    /** Slurm's id, such as {@code 123}, or {@code 123_7} for a task; empty for one that was never submitted. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** {@code COMPLETED}, {@code CHECKED} after a dry run, or the name of the outcome, such as {@code FAILURE} or {@code TIME_LIMIT}. */
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
}
