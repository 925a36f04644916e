package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * @param result what came of it
 * @param text Slurm's words, may be empty
 */
public record CancelAnswer(Result result, String text) implements Serializable {
    /** What came of a request to end a job. */
    public enum Result {
        /** Slurm has taken it. */
        TAKEN,
        /** The job has ended already, or Slurm no longer knows it: nothing was cancelled. */
        GONE,
        /** The id is that of another job: nothing was cancelled. */
        ANOTHERS,
        /** Slurm has not taken it; it may be tried again. */
        REFUSED
    }

    public static CancelAnswer taken() {
        return new CancelAnswer(Result.TAKEN, "");
    }

    public static CancelAnswer refused(String text) {
        return new CancelAnswer(Result.REFUSED, text);
    }

    /** Whether there is nothing left to ask for now. */
    public boolean accepted() {
        return result != Result.REFUSED;
    }
}
