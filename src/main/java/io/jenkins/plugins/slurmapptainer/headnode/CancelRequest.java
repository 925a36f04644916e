package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * @param jobId the job, as {@code sbatch} printed it
 * @param comment the job's comment: Slurm may have given the id to another job
 * @param how how hard to try
 */
public record CancelRequest(String jobId, String comment, How how) implements Serializable {
    /** How hard to try, the mildest first. */
    public enum How {
        /** Only if it still waits: a job that has started meanwhile goes on. */
        IF_WAITING,
        /** TERM, then KILL when Slurm's own patience is over. */
        ORDERLY,
        /** KILL at once, for a job that an orderly request did not end. */
        HARD;

        /** What to try when this did not end the job. */
        public How next() {
            return this == IF_WAITING ? IF_WAITING : HARD;
        }
    }
}
