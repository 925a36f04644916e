package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.EnumMap;
import java.util.Map;

/** What the record of a job and the words of Slurm mean when they are all that there is going to be; {@link Verdict} knows when. */
final class OutcomeRules {
    /** States that say all, whatever the record says. */
    private static final Map<JobState, Outcome.Kind> SLURMS_WORD = new EnumMap<>(Map.of(
            JobState.TIMEOUT, Outcome.Kind.TIME_LIMIT,
            JobState.OUT_OF_MEMORY, Outcome.Kind.OUT_OF_MEMORY,
            JobState.NODE_FAIL, Outcome.Kind.NODE_FAILURE,
            JobState.BOOT_FAIL, Outcome.Kind.BOOT_FAILURE,
            JobState.PREEMPTED, Outcome.Kind.PREEMPTED,
            JobState.DEADLINE, Outcome.Kind.DEADLINE));

    private OutcomeRules() {}

    /** Nobody says why a job that Slurm no longer knows was sent a signal. */
    static Outcome forgotten(ExitRecord exit, Evidence e) {
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

    /**
     * The batch script records its start or fails. A {@code slurmctld} that was killed gives ids away again, and takes the end of the
     * job that had one before for the end of the other.
     */
    static boolean isDoubtful(QueueEntry entry, Evidence e) {
        return entry.state() == JobState.COMPLETED && !e.lastRunBegan();
    }

    static QueueEntry inWordsOfTheQueue(AccountingEntry known) {
        String reason = known.state() == JobState.FAILED && known.signal() > 0
                ? "RaisedSignal:" + known.signal()
                : known.printedState();
        return new QueueEntry(known.id(), known.state(), known.printedState(), known.nodes(), "", "", reason, "");
    }

    /** A job that ran at all was launched, whatever Slurm calls its end. */
    static boolean neverLaunched(QueueEntry entry, Evidence e) {
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
    private static Outcome ofFailed(QueueEntry entry, Evidence e) {
        String words = words(entry);
        if (neverLaunched(entry, e)) {
            return Outcome.of(Outcome.Kind.LAUNCH_FAILURE, words);
        }
        if (!entry.reason().startsWith("JobLaunchFailure")) {
            return Outcome.of(Outcome.Kind.FAILURE, words);
        }
        // Of a job that had started, this says that its batch script was killed (22.05): by a program of the job, which
        // may do so, or
        // by a node for a run that slurmctld no longer knew of, which then shows in Slurm's count or time of the last
        // start.
        return e.restarts() < 0
                ? Outcome.of(Outcome.Kind.NODE_FAILURE, words)
                : Outcome.of(Outcome.Kind.FAILURE, "its batch script was killed from inside the job; " + words);
    }

    static String words(QueueEntry entry) {
        return entry.reason().isEmpty() || "None".equals(entry.reason())
                ? "Slurm: " + entry.printedState()
                : "Slurm: " + entry.reason();
    }

    static Outcome ofRecord(ExitRecord exit) {
        if (exit.outOfMemory() && exit.exitCode() == 0) {
            return outOfMemory(exit);
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

    private static Outcome outOfMemory(ExitRecord exit) {
        int code = exit.exitCode() == 0 ? -1 : exit.exitCode();
        return new Outcome(Outcome.Kind.OUT_OF_MEMORY, code, 0, "a process of the job was killed for memory");
    }

    static Outcome cutOff(ExitRecord exit) {
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

    /** Slurm's state decides, except where it only repeats what the record says better. */
    static Outcome ofState(QueueEntry entry, @CheckForNull ExitRecord exit, Evidence e) {
        if (exit != null && !exit.signalled() && e.endedSince() && !e.cancelling()) {
            return exit.outOfMemory() ? outOfMemory(exit) : ofRecord(exit);
        }
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
                                Outcome.Kind.NODE_FAILURE,
                                "the node ended its last start before the script began; " + words)
                        : ofFailed(entry, e);
            case CANCELLED:
                return new Outcome(
                        Outcome.Kind.CANCELLED, code, 0, e.cancelling() ? "by this build" : bySomebody(entry, e));
            default:
                Outcome.Kind kind = SLURMS_WORD.get(entry.state());
                return kind == null
                        ? Outcome.of(Outcome.Kind.UNKNOWN, "Slurm's last word is " + entry.printedState())
                        : new Outcome(kind, code, 0, words);
        }
    }
}
