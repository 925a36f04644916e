package io.jenkins.plugins.slurmapptainer.execution;

import hudson.AbortException;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * A job that did not end as the build needs it. The message is one sentence, and Jenkins shows only that. Saved with
 * the build's program and graph: it has only plain fields, whose names never change.
 */
public final class SlurmJobException extends AbortException {
    private static final long serialVersionUID = 1L;

    private final SlurmJobResult job;
    private final Outcome.Kind kind;

    private SlurmJobException(String message, SlurmJobResult job, Outcome.Kind kind) {
        super(message);
        this.job = job;
        this.kind = kind;
    }

    /**
     * The failure of a build whose job has ended.
     *
     * @param tries the tries of the job, the last one last; not empty
     */
    public static SlurmJobException ended(List<JobRecord> tries) {
        JobRecord record = tries.get(tries.size() - 1);
        Outcome outcome = record.outcome();
        if (outcome == null) {
            throw new IllegalArgumentException("the job has not ended");
        }
        return new SlurmJobException(OutcomeText.of(record), new SlurmJobResult(tries), outcome.kind());
    }

    /** The failure of a build whose job no longer answers. */
    static SlurmJobException givenUp(JobRecord record, String why) {
        return new SlurmJobException(why, new SlurmJobResult(record), Outcome.Kind.UNKNOWN);
    }

    /** The job, for a build that handles its failure. */
    @Whitelisted
    public SlurmJobResult getJob() {
        return job;
    }

    /** Whether the cause lies in the cluster, so that the same job may well succeed when it runs again. */
    @Whitelisted
    public boolean isInfrastructure() {
        return kind.isInfrastructure();
    }
}
