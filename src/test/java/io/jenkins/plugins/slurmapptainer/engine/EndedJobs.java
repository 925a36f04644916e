package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.Outcome;

/** Records of jobs that have ended, for the tests of those who are told. */
public final class EndedJobs {
    private EndedJobs() {}

    /** Job 12: a minute in the queue, then an hour, a minute and a second on n1. */
    public static JobRecord job12(Outcome outcome) {
        JobRecord record = EngineBench.submitted("12");
        long start = record.submitted() + 60_000;
        record.attemptStarted(0, "n1", start);
        record.ended(outcome, start + 3_661_000);
        return record;
    }

    /** A job that Slurm has never known. */
    public static JobRecord neverSubmitted(Outcome outcome) {
        JobRecord record = EngineBench.submitting();
        record.ended(outcome, 1_000);
        return record;
    }
}
