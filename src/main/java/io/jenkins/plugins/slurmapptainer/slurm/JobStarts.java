package io.jenkins.plugins.slurmapptainer.slurm;

/**
 * What {@code squeue} knows of a job's starts.
 *
 * @param restarts how often the job was put back into the queue, -1 if that is not known
 * @param last when it was started last, in seconds since 1970; 0 if that is not known
 */
public record JobStarts(int restarts, long last) {
    public static final JobStarts UNKNOWN = new JobStarts(-1, 0);

    /** The clusters of a federation each have a row; the one that runs the job has counted. */
    JobStarts or(JobStarts other) {
        return new JobStarts(Math.max(restarts, other.restarts), Math.max(last, other.last));
    }
}
