package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;

/** Records of jobs, for the tests of those who are told. */
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

    /** A job with an id, on a cluster. */
    public static JobRecord of(String cluster, String id, Outcome outcome) {
        JobRecord record = new JobRecord(JobToken.random(), cluster, "/shared/c1", "", 0);
        record.submitted(id, 1_000);
        record.ended(outcome, 2_000);
        return record;
    }

    /** Job 12, for the last that was heard of it. */
    public static JobRecord silent() {
        return EngineBench.submitted("12");
    }

    /** A job that Slurm has never known. */
    public static JobRecord neverSubmitted(Outcome outcome) {
        JobRecord record = EngineBench.submitting();
        record.ended(outcome, 1_000);
        return record;
    }

    /** Job 13: in the queue, for a reason and with a start that Slurm expects. */
    public static JobRecord waiting13(String reason) {
        JobRecord record = EngineBench.submitted("13");
        record.queueSays("PENDING", reason, "");
        record.expectedStart("2026-11-24T05:00:00");
        return record;
    }
}
