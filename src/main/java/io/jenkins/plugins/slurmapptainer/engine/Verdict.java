package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.PendingReason;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;

/**
 * Decides from all evidence whether and how a job has ended; the table is in {@code docs/how-a-job-ends.md}. Two rules
 * above all: not being able to ask is never an answer, and a job that is gone without a record is never a success.
 *
 * @param outcome how it ended, {@code null} while it has not or nobody can tell yet
 * @param askQueue whether Slurm's word is needed soon
 * @param doom why the job has to be cancelled, {@code null} if it may go on
 */
record Verdict(
        @CheckForNull Outcome outcome,
        boolean askQueue,
        @CheckForNull Outcome doom) {
    /** How long a compute node's record may take to be seen on the head node. */
    static final long RECORD_PATIENCE_MILLIS = 60_000;
    /** How long a job may be in no list before it counts as lost. */
    static final long ABSENCE_PATIENCE_MILLIS = 120_000;
    /** How long the rest of the output may take to be seen. */
    static final long OUTPUT_PATIENCE_MILLIS = 30_000;

    /** How long a reason for which a job cannot start may last: somebody may be about to change it. */
    static final long HOPELESS_PATIENCE_MILLIS = 120_000;
    /** How long a job that Slurm may run again is given to come back. */
    static final long REQUEUE_PATIENCE_MILLIS = 60_000;
    /** Between Slurm's word and the verdict the output is read once more. */
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
            return ended(ofRecord(exit));
        }
        if (exit.isOfRepeatedStart()) {
            // The first run may still go on, where Slurm no longer knows of it.
            return e.exitAge() < ABSENCE_PATIENCE_MILLIS ? WAIT : ended(cutOff(exit));
        }
        QueueEntry entry = e.entry();
        if (entry != null) {
            JobState state = entry.state();
            if (state.isEnded()) {
                boolean open = mayComeBack(state, e) || mayLearnByWhom(state, e) || mayBeOld(state, e);
                return open ? ASK : ended(ofState(entry, exit, e));
            }
            // Put back into the queue: the next attempt will tell.
            return state.isWaiting() || state.isStuck() ? waiting(entry, e) : ASK;
        }
        if (e.queue() == Evidence.Queue.SILENT) {
            return ASK;
        }
        AccountingEntry known = e.accounting();
        if (known != null && known.state().isEnded()) {
            return ended(ofState(inWordsOfTheQueue(known), exit, e));
        }
        return e.queueAge() < RECORD_PATIENCE_MILLIS ? ASK : ended(forgotten(exit, e));
    }

    /** Nobody says why a job that Slurm no longer knows was sent a signal. */
    private static Outcome forgotten(ExitRecord exit, Evidence e) {
        if (!exit.signalled()) {
            return ofRecord(exit);
        }
        if (e.cancelling()) {
            return new Outcome(Outcome.Kind.CANCELLED, exit.exitCode(), 0, "by this build");
        }
        return e.idTaken() && !exit.nodeLost()
                ? new Outcome(
                        Outcome.Kind.UNKNOWN,
                        exit.exitCode(),
                        0,
                        "Slurm has lost it and given its id to another job; it was ended by a signal")
                : ofRecord(exit);
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
            QueueEntry said = inWordsOfTheQueue(known);
            if (recordExpected(said, e)) {
                return WAIT;
            }
            if (e.queueAge() >= SETTLE_MILLIS) {
                return ended(ofState(said, null, e));
            }
        }
        if (e.wasTakenOut()) {
            String why = "by somebody else, before it started; Slurm lists other tasks of its array and not this one";
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
                : ended(ofState(entry, null, e));
    }

    /** Whether the program's own end leads to a state, and its record tells more. */
    static boolean repeatsTheRecord(JobState state) {
        return state == JobState.COMPLETED || state == JobState.FAILED;
    }

    /** Whether the record of the end may be on its way. */
    private static boolean recordExpected(QueueEntry entry, Evidence e) {
        long patience = isDoubtful(entry, e) ? ABSENCE_PATIENCE_MILLIS : RECORD_PATIENCE_MILLIS;
        return repeatsTheRecord(entry.state()) && e.queueAge() < patience && !neverLaunched(entry, e);
    }

    /**
     * The batch script records its start or fails. A {@code slurmctld} that was killed gives ids away again, and takes the end of the
     * job that had one before for the end of the other.
     */
    private static boolean isDoubtful(QueueEntry entry, Evidence e) {
        return entry.state() == JobState.COMPLETED && !e.lastRunBegan();
    }

    /** Whether the record may be one of a run before the last. */
    private static boolean mayBeOld(JobState state, Evidence e) {
        return repeatsTheRecord(state) && e.mayRequeue() && e.restarts() < 0 && e.queueAge() < RECORD_PATIENCE_MILLIS;
    }

    /** For a job that runs or waits: nothing, unless it can only wait, or has done so for too long. */
    private static Verdict waiting(QueueEntry entry, Evidence e) {
        if (e.waitedTooLong() && entry.state().isWaiting()) {
            return new Verdict(null, true, Outcome.of(Outcome.Kind.WAITED_TOO_LONG, words(entry)));
        }
        boolean hopeless =
                entry.state().isStuck() || entry.state().isWaiting() && PendingReason.isPermanent(entry.reason());
        return hopeless && e.queueAge() >= HOPELESS_PATIENCE_MILLIS
                ? new Verdict(null, true, Outcome.of(Outcome.Kind.NEVER_RUNNABLE, words(entry)))
                : WAIT;
    }

    private static boolean mayComeBack(JobState state, Evidence e) {
        boolean byTheCluster =
                state == JobState.PREEMPTED || state == JobState.NODE_FAIL || state == JobState.BOOT_FAIL;
        return byTheCluster && e.mayRequeue() && e.queueAge() < REQUEUE_PATIENCE_MILLIS;
    }

    /** The queue does not say who cancelled a job; the accounting, if there is one, is given a moment to. */
    private static boolean mayLearnByWhom(JobState state, Evidence e) {
        AccountingEntry known = e.accounting();
        return state == JobState.CANCELLED
                && !e.cancelling()
                && e.queueAge() < BY_WHOM_MILLIS
                && (known == null || known.state() != JobState.CANCELLED);
    }

    private static QueueEntry inWordsOfTheQueue(AccountingEntry known) {
        String reason = known.state() == JobState.FAILED && known.signal() > 0
                ? "RaisedSignal:" + known.signal()
                : known.printedState();
        return new QueueEntry(known.id(), known.state(), known.printedState(), known.nodes(), "", "", reason, "");
    }

    /** A job that ran at all was launched, whatever Slurm calls its end. */
    private static boolean neverLaunched(QueueEntry entry, Evidence e) {
        boolean reason =
                entry.reason().startsWith("JobLaunchFailure") || entry.reason().startsWith("RaisedSignal:53");
        return reason && e.startedAttempt() < 0;
    }

    /**
     * A run of which there is not even a start's record: its node has refused it ("Job credential revoked", when a job starts again
     * in the second of its end), or has ended it at once, for the loss of a run before. Slurm calls that a failure of the job.
     */
    private static boolean endedByItsNode(QueueEntry entry, Evidence e) {
        boolean unbegun = e.restarts() > 0 || e.startedSince() || entry.reason().startsWith("RaisedSignal");
        return unbegun && !e.lastRunBegan() && !neverLaunched(entry, e);
    }

    /** What Slurm says of a job that failed without a record. */
    private static Outcome.Kind ofFailed(QueueEntry entry, Evidence e) {
        if (neverLaunched(entry, e)) {
            return Outcome.Kind.LAUNCH_FAILURE;
        }
        // Of a job that had started, this is what slurmd says of a run that it has lost.
        return entry.reason().startsWith("JobLaunchFailure") ? Outcome.Kind.NODE_FAILURE : Outcome.Kind.FAILURE;
    }

    private static String words(QueueEntry entry) {
        return entry.reason().isEmpty() || "None".equals(entry.reason())
                ? "Slurm: " + entry.printedState()
                : "Slurm: " + entry.reason();
    }

    private static Outcome ofRecord(ExitRecord exit) {
        if (exit.outOfMemory() && exit.exitCode() == 0) {
            return Outcome.of(Outcome.Kind.OUT_OF_MEMORY, "a process of the job was killed for memory");
        }
        if (exit.nodeLost()) {
            String why = "slurmstepd: cancelled due to node failure";
            return new Outcome(Outcome.Kind.NODE_FAILURE, exit.exitCode(), 0, why);
        }
        if (exit.startedAgain() && exit.signalled()) {
            return cutOff(exit);
        }
        return exit.programStarted()
                ? Outcome.ofExitCode(exit.exitCode())
                : new Outcome(Outcome.Kind.LAUNCH_FAILURE, exit.exitCode(), 0, "the program was not started");
    }

    private static Outcome cutOff(ExitRecord exit) {
        String why = "Slurm cut its run off and started it a second time";
        return new Outcome(Outcome.Kind.NODE_FAILURE, exit.exitCode(), 0, why);
    }

    /** {@code sacct} knows the user; {@code squeue} does not. */
    private static String bySomebody(QueueEntry entry, Evidence e) {
        AccountingEntry known = e.accounting();
        String words = known == null ? entry.printedState() : known.printedState();
        return words.startsWith("CANCELLED by ")
                ? "by user " + words.substring("CANCELLED by ".length())
                : "by somebody else";
    }

    private static Verdict ended(Outcome outcome) {
        return new Verdict(outcome, false, null);
    }

    /** Slurm's state decides, except where it only repeats what the record says better. */
    private static Outcome ofState(QueueEntry entry, @CheckForNull ExitRecord exit, Evidence e) {
        String words = words(entry);
        int code = exit == null ? -1 : exit.exitCode();
        switch (entry.state()) {
            case COMPLETED:
                if (exit == null && isDoubtful(entry, e)) {
                    return Outcome.of(Outcome.Kind.UNKNOWN, "Slurm says COMPLETED, but there is no record of a start");
                }
                return exit == null
                        ? Outcome.success().withDetail("Slurm says COMPLETED; the job's own record was not seen")
                        : ofRecord(exit);
            case FAILED:
                if (exit != null) {
                    return ofRecord(exit);
                }
                return endedByItsNode(entry, e)
                        ? Outcome.of(
                                Outcome.Kind.NODE_FAILURE, "its last start was ended before the script began; " + words)
                        : Outcome.of(ofFailed(entry, e), words);
            case TIMEOUT:
                return new Outcome(Outcome.Kind.TIME_LIMIT, code, 0, words);
            case OUT_OF_MEMORY:
                return new Outcome(Outcome.Kind.OUT_OF_MEMORY, code, 0, words);
            case NODE_FAIL:
                return new Outcome(Outcome.Kind.NODE_FAILURE, code, 0, words);
            case BOOT_FAIL:
                return new Outcome(Outcome.Kind.BOOT_FAILURE, code, 0, words);
            case PREEMPTED:
                return new Outcome(Outcome.Kind.PREEMPTED, code, 0, words);
            case DEADLINE:
                return new Outcome(Outcome.Kind.DEADLINE, code, 0, words);
            case CANCELLED:
                return new Outcome(
                        Outcome.Kind.CANCELLED, code, 0, e.cancelling() ? "by this build" : bySomebody(entry, e));
            default:
                return Outcome.of(Outcome.Kind.UNKNOWN, "Slurm's last word is " + entry.printedState());
        }
    }
}
