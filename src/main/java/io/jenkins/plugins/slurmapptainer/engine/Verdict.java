package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.PendingReason;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;

/**
 * Decides from all evidence whether and how a job has ended. The table is in {@code docs/how-a-job-ends.md}. Two rules
 * come first: a failure to ask is never an answer, and a job that is gone without a record never counts as a success.
 *
 * @param outcome how it ended, {@code null} if it has not, or nobody can tell yet
 * @param askQueue whether an answer of Slurm is needed soon
 * @param cancelReason why the job must be cancelled, {@code null} if it may continue
 */
record Verdict(
        @CheckForNull Outcome outcome,
        boolean askQueue,
        @CheckForNull Outcome cancelReason) {
    /** How long a compute node's record may take to become visible on the head node. */
    static final long RECORD_PATIENCE_MILLIS = 60_000;
    /** How long a job may be missing from all lists before it counts as lost. */
    static final long ABSENCE_PATIENCE_MILLIS = 120_000;
    /** How long the rest of the output may take to become visible. */
    static final long OUTPUT_PATIENCE_MILLIS = 30_000;

    /** How long a job may have a reason that keeps it from starting, because somebody may be about to change that. */
    static final long CANNOT_START_PATIENCE_MILLIS = 120_000;
    /** How long to wait for a job that Slurm may run again. */
    static final long REQUEUE_PATIENCE_MILLIS = 60_000;
    /** Between Slurm's answer and the verdict, the output is read once more. */
    static final long SETTLE_MILLIS = 1_000;

    /** How long to wait for the accounting to say who cancelled a job. */
    static final long BY_WHOM_MILLIS = 5_000;

    private static final Verdict WAIT = new Verdict(null, false, null);
    private static final Verdict ASK = new Verdict(null, true, null);

    static Verdict of(Evidence e) {
        ExitRecord exit = e.recordIsOld() ? null : e.exit();
        Verdict verdict = exit == null ? withoutRecord(e) : withRecord(exit, e);
        boolean outputMissing = !e.outputComplete() && e.outputAge() < OUTPUT_PATIENCE_MILLIS;
        return verdict.outcome != null && outputMissing ? WAIT : verdict;
    }

    private static Verdict withRecord(ExitRecord exit, Evidence e) {
        if (exit.speaksForItself()) {
            return ended(OutcomeRules.ofRecord(exit));
        }
        if (exit.isOfRepeatedStart()) {
            // The first run may still be going on, unknown to Slurm.
            return e.exitAge() < ABSENCE_PATIENCE_MILLIS ? WAIT : ended(OutcomeRules.cutOff(exit));
        }
        QueueEntry entry = e.entry();
        if (entry != null) {
            JobState state = entry.state();
            if (state.isEnded()) {
                boolean open = mayComeBack(state, e)
                        || mayLearnByWhom(state, e)
                        || mayBeOld(state, e)
                        || mayBeLate(exit, state, e);
                return open ? ASK : ended(OutcomeRules.ofState(entry, exit, e));
            }
            if (isGhost(state, e)) {
                return ended(OutcomeRules.forgotten(exit, e));
            }
            // Requeued: the next attempt will decide.
            return state.isWaiting() || state.isStuck() ? waiting(entry, e) : ASK;
        }
        if (e.queue() == Evidence.Queue.SILENT) {
            return ASK;
        }
        AccountingEntry known = e.accounting();
        if (known != null && known.state().isEnded()) {
            return ended(OutcomeRules.ofState(OutcomeRules.inWordsOfTheQueue(known), exit, e));
        }
        return e.queueAge() < RECORD_PATIENCE_MILLIS ? ASK : ended(OutcomeRules.forgotten(exit, e));
    }

    private static Verdict withoutRecord(Evidence e) {
        QueueEntry entry = e.entry();
        if (entry != null) {
            return listed(entry, e);
        }
        if (e.queue() == Evidence.Queue.SILENT) {
            return e.cancelling() ? ASK : WAIT;
        }
        AccountingEntry known = e.accounting();
        if (known != null && known.state().isEnded()) {
            QueueEntry said = OutcomeRules.inWordsOfTheQueue(known);
            if (recordExpected(said, e)) {
                return WAIT;
            }
            if (e.queueAge() >= SETTLE_MILLIS) {
                return ended(OutcomeRules.ofState(said, null, e));
            }
        }
        if (e.wasTakenOut()) {
            String why = "by somebody else, before it started; Slurm lists other tasks of its array, but not this one";
            return e.queueAge() < RECORD_PATIENCE_MILLIS ? ASK : ended(Outcome.of(Outcome.Kind.CANCELLED, why));
        }
        if (e.queueAge() < (e.cancelling() ? RECORD_PATIENCE_MILLIS : ABSENCE_PATIENCE_MILLIS)) {
            return ASK;
        }
        return ended(
                e.cancelling()
                        ? Outcome.of(Outcome.Kind.CANCELLED, "by this build")
                        : Outcome.of(Outcome.Kind.UNKNOWN, "squeue no longer lists it and it left no exit record"));
    }

    private static Verdict listed(QueueEntry entry, Evidence e) {
        JobState state = entry.state();
        if (!state.isEnded()) {
            return e.cancelling() ? ASK : waiting(entry, e);
        }
        if (recordExpected(entry, e)) {
            return WAIT;
        }
        return mayComeBack(state, e) || e.queueAge() < SETTLE_MILLIS || mayLearnByWhom(state, e)
                ? ASK
                : ended(OutcomeRules.ofState(entry, null, e));
    }

    /** Whether this state means that Slurm has ended the job by itself or on request. */
    static boolean isByRequest(JobState state) {
        return state == JobState.CANCELLED || state == JobState.TIMEOUT || state == JobState.DEADLINE;
    }

    /** Whether the program's own end leads to this state, so that its record tells more. */
    static boolean repeatsTheRecord(JobState state) {
        return state == JobState.COMPLETED || state == JobState.FAILED;
    }

    /** Whether the record of the end may still arrive. */
    private static boolean recordExpected(QueueEntry entry, Evidence e) {
        long patience = OutcomeRules.isDoubtful(entry, e) ? ABSENCE_PATIENCE_MILLIS : RECORD_PATIENCE_MILLIS;
        return repeatsTheRecord(entry.state()) && e.queueAge() < patience && !OutcomeRules.neverLaunched(entry, e);
    }

    /** Whether the record may belong to a run before the last one. */
    private static boolean mayBeOld(JobState state, Evidence e) {
        return repeatsTheRecord(state) && e.mayRequeue() && e.restarts() < 0 && e.queueAge() < RECORD_PATIENCE_MILLIS;
    }

    /** Whether Slurm does not know that the job is over, and may keep it as running until its time limit. */
    private static boolean isGhost(JobState state, Evidence e) {
        boolean sameRun = !e.mayRequeue() || e.restarts() >= 0;
        return state == JobState.RUNNING && sameRun && e.queueAge() >= ABSENCE_PATIENCE_MILLIS;
    }

    /** Whether Slurm may have ended a job that was already over, and has not said when. */
    private static boolean mayBeLate(ExitRecord exit, JobState state, Evidence e) {
        return !exit.signalled()
                && isByRequest(state)
                && !e.cancelling()
                && e.restarts() < 0
                && e.queueAge() < RECORD_PATIENCE_MILLIS;
    }

    /** The verdict on a job that runs or waits: none, unless it can only wait or has waited too long. */
    private static Verdict waiting(QueueEntry entry, Evidence e) {
        if (e.waitedTooLong() && entry.state().isWaiting()) {
            return new Verdict(null, true, Outcome.of(Outcome.Kind.WAITED_TOO_LONG, OutcomeRules.words(entry)));
        }
        boolean cannotStart =
                entry.state().isStuck() || entry.state().isWaiting() && PendingReason.isPermanent(entry.reason());
        return cannotStart && e.queueAge() >= CANNOT_START_PATIENCE_MILLIS
                ? new Verdict(null, true, Outcome.of(Outcome.Kind.NEVER_RUNNABLE, OutcomeRules.words(entry)))
                : WAIT;
    }

    private static boolean mayComeBack(JobState state, Evidence e) {
        boolean byTheCluster =
                state == JobState.PREEMPTED || state == JobState.NODE_FAIL || state == JobState.BOOT_FAIL;
        return byTheCluster && e.mayRequeue() && e.queueAge() < REQUEUE_PATIENCE_MILLIS;
    }

    /** Whether to wait a moment for the accounting to say who cancelled the job, because the queue does not say it. */
    private static boolean mayLearnByWhom(JobState state, Evidence e) {
        AccountingEntry known = e.accounting();
        return state == JobState.CANCELLED
                && !e.cancelling()
                && e.queueAge() < BY_WHOM_MILLIS
                && (known == null || known.state() != JobState.CANCELLED);
    }

    private static Verdict ended(Outcome outcome) {
        return new Verdict(outcome, false, null);
    }
}
