package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * The result of a submission.
 *
 * @param result the result
 * @param jobId the job's id if {@link Result#SUBMITTED}, otherwise empty
 * @param text Slurm's words for other results
 * @param user name of the Unix user that owns the job, empty if that is not known
 */
public record SubmitAnswer(Result result, String jobId, String text, String user) implements Serializable {
    /** Results of a submission. */
    public enum Result {
        /** The job is in the queue. */
        SUBMITTED,
        /** Slurm would accept the job. Its words say when and where the job could start. */
        CHECKED,
        /** Nothing was submitted: there is no script, or the request was only a look-up. */
        NOT_PREPARED,
        /** Slurm refuses this job. */
        REJECTED,
        /** Slurm cannot take the job now and has not taken it. The call may be repeated. */
        NOT_NOW,
        /** The answer was lost, and the job may be in the queue. Repeating the call finds out. */
        UNCLEAR
    }

    public static SubmitAnswer submitted(String jobId) {
        return new SubmitAnswer(Result.SUBMITTED, jobId, "", "");
    }

    /** The same answer with the user whom the head node works as. */
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
