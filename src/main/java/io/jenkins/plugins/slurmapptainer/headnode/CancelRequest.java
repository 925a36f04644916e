package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * A request to cancel a job.
 *
 * @param jobId the job's id as {@code sbatch} printed it
 * @param comment the job's comment, because Slurm may have given the id to another job
 * @param how how hard to cancel it
 */
public record CancelRequest(String jobId, String comment, How how) implements Serializable {
    /** How hard to cancel a job, mildest first. */
    public enum How {
        /** Only if it still waits. A job that has started meanwhile continues. */
        IF_WAITING,
        /** TERM, and KILL after Slurm's waiting time. */
        ORDERLY,
        /** KILL at once, for a job that {@link #ORDERLY} did not end. */
        HARD;

        /** The next way to try if this did not end the job. */
        public How next() {
            return this == IF_WAITING ? IF_WAITING : HARD;
        }
    }
}
