package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.EnumMap;
import java.util.Map;

/** What a job's record and Slurm's words mean if nothing more will come. {@link Verdict} decides when that is so. */
final class OutcomeRules {
    /** States that decide, whatever the record says. */
    private static final Map<JobState, Outcome.Kind> SLURMS_WORD = new EnumMap<>(Map.of(
            JobState.TIMEOUT, Outcome.Kind.TIME_LIMIT,
            JobState.OUT_OF_MEMORY, Outcome.Kind.OUT_OF_MEMORY,
            JobState.NODE_FAIL, Outcome.Kind.NODE_FAILURE,
            JobState.BOOT_FAIL, Outcome.Kind.BOOT_FAILURE,
            JobState.PREEMPTED, Outcome.Kind.PREEMPTED,
            JobState.DEADLINE, Outcome.Kind.DEADLINE));

    /** A shell's exit code for a program that KILL has ended. */
    private static final int KILLED = 128 + 9;

    private OutcomeRules() {}

    /** The outcome of a job that Slurm no longer knows and that got a signal, so that nobody can say why. */
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
     * Whether the row may be about another job. The batch script always records its start or fails. A {@code slurmctld}
     * that was killed gives ids to new jobs, and may take the end of the old job for that of the new one.
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

    /** Whether the job was never launched. A job that ran at all was launched, whatever Slurm calls its end. */
    static boolean neverLaunched(QueueEntry entry, Evidence e) {
        boolean reason =
                entry.reason().startsWith("JobLaunchFailure") || entry.reason().startsWith("RaisedSignal:53");
        return reason && e.startedAttempt() < 0;
    }

    /**
     * Whether a node has ended a run that left no record, not even of its start. Either the node has refused it ("Job
     * credential revoked", when a job starts again in the second of its end), or it has ended it at once because a run
     * before it was lost. Slurm calls that a failure of the job.
     */
    private static boolean endedByItsNode(QueueEntry entry, Evidence e) {
        boolean unbegun = e.restarts() > 0 || e.startedSince() || entry.reason().startsWith("RaisedSignal");
        return unbegun && !e.lastRunBegan() && !neverLaunched(entry, e);
    }

    /** The outcome of a job that Slurm calls failed and that has no record. */
    private static Outcome ofFailed(QueueEntry entry, Evidence e) {
        String words = words(entry);
        if (neverLaunched(entry, e)) {
            return Outcome.of(Outcome.Kind.LAUNCH_FAILURE, words);
        }
        if (!entry.reason().startsWith("JobLaunchFailure")) {
            return Outcome.of(Outcome.Kind.FAILURE, words);
        }
        // For a job that had started, this means that its batch script was killed (22.05). A program of the job may
        // have done that. Or a node killed a run that slurmctld no longer knew, which then shows in Slurm's restart
        // count or last start time.
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
        // Of a task that srun has started Slurm says only that the job has failed.
        if (exit.outOfMemory() && (exit.exitCode() == 0 || exit.exitCode() == KILLED)) {
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

    /** Who cancelled the job. {@code sacct} knows the user, {@code squeue} does not. */
    private static String bySomebody(QueueEntry entry, Evidence e) {
        AccountingEntry known = e.accounting();
        String words = known == null ? entry.printedState() : known.printedState();
        return words.startsWith("CANCELLED by ")
                ? "by user " + words.substring("CANCELLED by ".length())
                : "by somebody else";
    }

    /** The outcome by Slurm's state. If the record says the same more precisely, the record counts. */
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
