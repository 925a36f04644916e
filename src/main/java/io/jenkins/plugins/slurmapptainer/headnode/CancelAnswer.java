package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * The result of a request to cancel a job.
 *
 * @param result the result
 * @param text Slurm's words, may be empty
 */
public record CancelAnswer(Result result, String text) implements Serializable {
    /** Results of a request to cancel a job. */
    public enum Result {
        /** Slurm has accepted the request. */
        TAKEN,
        /** Nothing was cancelled: the job has already ended, or Slurm no longer knows it. */
        GONE,
        /** Nothing was cancelled: the id now belongs to another job. */
        ANOTHERS,
        /** Slurm has refused the request. It may be repeated. */
        REFUSED
    }

    public static CancelAnswer taken() {
        return new CancelAnswer(Result.TAKEN, "");
    }

    public static CancelAnswer refused(String text) {
        return new CancelAnswer(Result.REFUSED, text);
    }

    /** Whether nothing more must be requested now. */
    public boolean accepted() {
        return result != Result.REFUSED;
    }
}
