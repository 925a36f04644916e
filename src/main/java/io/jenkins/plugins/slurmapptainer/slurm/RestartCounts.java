package io.jenkins.plugins.slurmapptainer.slurm;

/**
 * What {@code squeue} knows about a job's runs.
 *
 * @param restarts how often the job was requeued, -1 if that is not known
 * @param lastStart when it was last started, in seconds since 1970; 0 if that is not known
 * @param end when it ended, in seconds since 1970; 0 if that is not known. For a cancelled job, when the cancel was
 *     requested (22.05 to 26.05). For a job that has not ended, when its time limit is reached
 */
public record RestartCounts(int restarts, long lastStart, long end) {
    public static final RestartCounts UNKNOWN = new RestartCounts(-1, 0, 0);

    /** Combines the rows of a federation's clusters. Only the cluster that runs the job has counted. */
    RestartCounts or(RestartCounts other) {
        return new RestartCounts(
                Math.max(restarts, other.restarts), Math.max(lastStart, other.lastStart), Math.max(end, other.end));
    }
}
