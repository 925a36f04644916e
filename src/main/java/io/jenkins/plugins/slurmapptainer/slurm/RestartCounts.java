package io.jenkins.plugins.slurmapptainer.slurm;

/**
 * What {@code squeue} knows of a job's runs.
 *
 * @param restarts how often the job was put back into the queue, -1 if that is not known
 * @param lastStart when it was started last, in seconds since 1970; 0 if that is not known
 * @param end when it ended, of a cancelled job when that was asked for (22.05 to 26.05), in seconds since 1970; 0 if that is not
 *     known; of a job that has not ended when it has to
 */
public record RestartCounts(int restarts, long lastStart, long end) {
    public static final RestartCounts UNKNOWN = new RestartCounts(-1, 0, 0);

    /** The clusters of a federation each have a row; the one that runs the job has counted. */
    RestartCounts or(RestartCounts other) {
        return new RestartCounts(
                Math.max(restarts, other.restarts), Math.max(lastStart, other.lastStart), Math.max(end, other.end));
    }
}
