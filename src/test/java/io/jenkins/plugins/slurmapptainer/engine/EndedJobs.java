package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Records of jobs, for the tests of those who are told. */
public final class EndedJobs {
    private EndedJobs() {}

    /** Job 12: a minute in the queue, then an hour, a minute and a second on n1. */
    public static JobRecord job12(Outcome outcome) {
        JobRecord record = EngineFixture.submitted("12");
        long start = record.submitted() + 60_000;
        record.attemptStarted(0, "n1", start);
        record.ended(outcome, start + 3_661_000);
        return record;
    }

    /**
     * Job 12: prepared for 10 s, then in the queue, 30 s for this reason and 10 s for another, then 40 s on n1.
     */
    public static JobRecord withHistory(String reason, Outcome outcome) {
        JobRecord record = new JobRecord(JobToken.random(), "main", "/shared/c1", "", 100_000);
        record.submitted("12", 110_000);
        record.waitsFor(reason, 120_000);
        record.waitsFor("Resources", 150_000);
        record.attemptStarted(0, "n1", 160_000);
        record.ended(outcome, 200_000);
        return record;
    }

    /**
     * Job 12, in the queue since 110 s and running since this time by its node's clock, in milliseconds since 1970.
     *
     * @param seen whether Slurm was asked while it waited
     */
    public static JobRecord startedAt(long time, boolean seen) {
        JobRecord record = new JobRecord(JobToken.random(), "main", "/shared/c1", "", 100_000);
        record.submitted("12", 110_000);
        if (seen) {
            record.waitsFor("Priority", 120_000);
        }
        record.attemptStarted(0, "n1", time);
        return record;
    }

    /** Job 12, whose first run was from 160 s to 190 s, and which waits again since then. */
    public static JobRecord requeued() {
        JobRecord record = new JobRecord(JobToken.random(), "main", "/shared/c1", "", 100_000);
        record.submitted("12", 110_000);
        record.attemptStarted(0, "n1", 160_000);
        record.attemptEnded(190_000, 0);
        record.queueSays("PENDING", "BeginTime", "");
        record.waitsFor("BeginTime", 190_000);
        return record;
    }

    /** The same, cancelled at that time. */
    public static JobRecord cancelledWhileItWaitsAgain(long time) {
        JobRecord record = requeued();
        record.waitsFor("Priority", time - 50_000);
        record.ended(Outcome.of(Outcome.Kind.CANCELLED, ""), time);
        return record;
    }

    /**
     * Job 12, which ran for 40 s.
     *
     * @param memory empty for the cluster's default, as {@code time}
     * @param peakBytes 0 if it is not known
     */
    public static JobRecord thatAskedFor(String memory, String time, long peakBytes) {
        Map<Directive, String> asked = new EnumMap<>(Directive.class);
        if (!memory.isEmpty()) {
            asked.put(Directive.MEMORY, memory);
        }
        if (!time.isEmpty()) {
            asked.put(Directive.TIME, time);
        }
        JobRecord record = new JobRecord(JobToken.random(), "main", "/shared/c1", "", 100_000);
        record.planned(EngineFixture.plan(asked, Duration.ZERO, "", false));
        record.submitted("12", 110_000);
        record.attemptStarted(0, "n1", 160_000);
        record.attemptEnded(200_000, peakBytes);
        record.ended(Outcome.success(), 200_000);
        return record;
    }

    /** A job with an id, on a cluster. */
    public static JobRecord of(String cluster, String id, Outcome outcome) {
        JobRecord record = new JobRecord(JobToken.random(), cluster, "/shared/c1", "", 0);
        record.submitted(id, 1_000);
        record.ended(outcome, 2_000);
        return record;
    }

    /**
     * An array whose tasks ran for five seconds each, a task 7 on n7.
     *
     * @param exitCodes of the tasks, by their indexes
     */
    public static JobRecord array(String id, Map<Integer, Integer> exitCodes) {
        return array(id, exitCodes, 0);
    }

    /** The same of which only so many ran at once. */
    public static JobRecord array(String id, Map<Integer, Integer> exitCodes, int limit) {
        JobRecord record = plannedArray(exitCodes.keySet(), limit);
        record.submitted(id, 1_000);
        for (TaskRecord task : record.tasks()) {
            task.attemptStarted(0, "n" + task.index(), 2_000);
            task.cameTo(Outcome.ofExitCode(exitCodes.get(task.index())), 7_000);
        }
        boolean failed = exitCodes.values().stream().anyMatch(code -> code != 0);
        int highest =
                exitCodes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        record.ended(failed ? Outcome.ofExitCode(highest) : Outcome.success(), 7_000);
        return record;
    }

    /** An array of which Slurm knows the id, and nothing has started. */
    public static JobRecord submittedArray(String id, Collection<Integer> indexes) {
        JobRecord record = plannedArray(indexes, 0);
        record.submitted(id, 1_000);
        return record;
    }

    /** An array of two tasks with this time limit, the first of which has started. */
    public static JobRecord runningArray(String time) {
        JobRecord record = new JobRecord(JobToken.random(), "main", "/shared/c1", "", 0);
        record.planned(
                EngineFixture.plan(Map.of(Directive.ARRAY, "0-1", Directive.TIME, time), Duration.ZERO, "", false));
        record.submitted("14", 1_000);
        record.attemptStarted(0, "", 2_000);
        record.queueSays("RUNNING", "", "");
        return record;
    }

    /** An array that {@code sbatch} has refused. */
    public static JobRecord arrayNeverSubmitted(Integer... indexes) {
        JobRecord record = plannedArray(List.of(indexes), 0);
        record.ended(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, ""), 1_000);
        return record;
    }

    private static JobRecord plannedArray(Collection<Integer> indexes, int limit) {
        JobRecord record = new JobRecord(JobToken.random(), "main", "/shared/c1", "", 0);
        String array = ArrayIndexes.text(indexes) + (limit == 0 ? "" : "%" + limit);
        record.planned(EngineFixture.plan(Map.of(Directive.ARRAY, array), Duration.ZERO, "", false));
        return record;
    }

    /** The same job, some of whose outputs are not there. */
    public static JobRecord lacking(JobRecord job, String... patterns) {
        job.files().lack(List.of(patterns));
        return job;
    }

    /** One task of an array ends in another way. */
    public static void ends(JobRecord array, int index, Outcome outcome) {
        array.tasks().stream().filter(task -> task.index() == index).forEach(task -> task.cameTo(outcome, 8_000));
    }

    /** Job 12, for the last that was heard of it. */
    public static JobRecord silent() {
        return EngineFixture.submitted("12");
    }

    /** A job that Slurm has never known. */
    public static JobRecord neverSubmitted(Outcome outcome) {
        JobRecord record = EngineFixture.submitting();
        record.ended(outcome, 1_000);
        return record;
    }

    /** Job 13: in the queue, for a reason and with a start that Slurm expects. */
    public static JobRecord waiting13(String reason) {
        JobRecord record = EngineFixture.submitted("13");
        record.queueSays("PENDING", reason, "");
        record.expectedStart("2026-11-24T05:00:00");
        return record;
    }
}
