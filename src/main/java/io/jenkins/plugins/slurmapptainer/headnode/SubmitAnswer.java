package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * @param result what became of the submission
 * @param jobId the job's id when {@link Result#SUBMITTED}, else empty
 * @param text Slurm's words otherwise
 * @param user name of the Unix user whose job it is, empty if that is not known
 */
public record SubmitAnswer(Result result, String jobId, String text, String user) implements Serializable {
    /** What became of a submission. */
    public enum Result {
        /** The job is in the queue. */
        SUBMITTED,
        /** Slurm would take the job; its words say when and where it could start. */
        CHECKED,
        /** Nothing was submitted: no script was given and none is there, or it was only to be looked up. */
        NOT_PREPARED,
        /** Slurm will not take this job. */
        REJECTED,
        /** Slurm cannot take the job now and has not taken it; the same call may be made again. */
        NOT_NOW,
        /** The answer was lost, the job may be in the queue; the same call finds out. */
        UNCLEAR
    }

    public static SubmitAnswer submitted(String jobId) {
        return new SubmitAnswer(Result.SUBMITTED, jobId, "", "");
    }

    /** The same answer of a head node that works as the given user. */
    public SubmitAnswer by(String name) {
        return new SubmitAnswer(result, jobId, text, name);
    }

    public static SubmitAnswer checked(String text) {
        return new SubmitAnswer(Result.CHECKED, "", text, "");
    }

    public static SubmitAnswer notPrepared() {
        return new SubmitAnswer(Result.NOT_PREPARED, "", "", "");
    }

    public static SubmitAnswer rejected(String text) {
        return new SubmitAnswer(Result.REJECTED, "", text, "");
    }

    public static SubmitAnswer notNow(String text) {
        return new SubmitAnswer(Result.NOT_NOW, "", text, "");
    }

    public static SubmitAnswer unclear(String text) {
        return new SubmitAnswer(Result.UNCLEAR, "", text, "");
    }
}
