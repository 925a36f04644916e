package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.PendingReason;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.List;

/**
 * What Slurm has said about one job, and since when it says so: also before the controller was restarted, or a controller
 * that restarts often would never have waited long enough.
 */
final class QueueMemory {
    /** What was said before a restart counts when this life has had so many milliseconds to ask the accounting, too. */
    static final long FRESH_MILLIS = 15_000;

    /** The clocks of the node and of {@code slurmctld} agree so well; a job is started again later than that. */
    static final long CLOCKS_MILLIS = 2_000;

    private final JobProgress record;
    private Evidence.Queue said = Evidence.Queue.SILENT;
    private QueueEntry entry;
    private AccountingEntry accounting;
    private String word = "";
    private int restarts = -1;
    private long lastStart;
    private long end;
    private long since;
    private long before;

    /** @param record keeps since when the last word has been said */
    QueueMemory(JobProgress record) {
        this.record = record;
    }

    /** Forgets everything: something has happened since that makes the last answer an old one. */
    void forget() {
        said = Evidence.Queue.SILENT;
        entry = null;
        accounting = null;
        word = "";
        restarts = -1;
        lastStart = 0;
        end = 0;
    }

    /**
     * An answer of {@code squeue}.
     *
     * @param row the job's row, {@code null} if it has none
     * @param siblings whether there are rows of other tasks of its array
     * @param about what had happened to the job before
     * @param now milliseconds of a clock that only goes forward
     * @return whether this is news that should survive a restart: the job may end by its age
     */
    boolean queue(@CheckForNull QueueEntry row, boolean siblings, String about, long now) {
        // The others may end and be forgotten while this one is waited for.
        boolean leftOut = siblings || said == Evidence.Queue.LEFT_OUT;
        said = row != null ? Evidence.Queue.LISTED : leftOut ? Evidence.Queue.LEFT_OUT : Evidence.Queue.ABSENT;
        entry = row;
        String newWord = about + " " + word(row);
        if (row != null && (row.restarts() >= 0 || !newWord.equals(word))) {
            restarts = row.restarts();
            lastStart = row.lastStart();
            end = row.end();
        }
        if (newWord.equals(word)) {
            return false;
        }
        word = newWord;
        since = now;
        before = record.lastWord(word, System.currentTimeMillis());
        return before == 0 && mayEndByAge(row);
    }

    private static String word(@CheckForNull QueueEntry row) {
        if (row == null) {
            return Evidence.Queue.ABSENT.name();
        }
        return row.state().isEnded() ? row.state().name() : row.state().name() + " " + row.reason();
    }

    private static boolean mayEndByAge(@CheckForNull QueueEntry row) {
        return row == null || row.state().isEnded() || row.state().isStuck() || PendingReason.isPermanent(row.reason());
    }

    /**
     * What {@code sacct} knows: one row for each time that the job was in the queue.
     *
     * @param rows older ones first; some may be about other jobs that have had the id
     */
    void accounting(List<AccountingEntry> rows, JobToken token) {
        List<AccountingEntry> own = rows.stream()
                .filter(row -> row.isOf(token) && row.state() != JobState.REVOKED)
                .toList();
        accounting = own.isEmpty() ? accounting : own.get(own.size() - 1);
        restarts = Math.max(restarts, own.size() - 1);
    }

    /**
     * Whether it matters of which run the newest record is, and that is not known: a run that its node ends before it begins leaves
     * none.
     *
     * @param ended whether there is a record of an end that does not speak for itself
     */
    boolean lacksRestarts(boolean ended) {
        if (restarts >= 0) {
            return false;
        }
        boolean waits =
                entry != null && (entry.state().isWaiting() || entry.state().isStuck());
        return entry != null && Verdict.repeatsTheRecord(entry.state()) || ended && !waits;
    }

    /** How often Slurm has put the job back into the queue, -1 if that is not known. */
    int restarts() {
        return restarts;
    }

    /**
     * Whether the job must have come further than is known of it.
     *
     * @param started whether its start is known
     * @param ended whether its end is
     */
    boolean saysMoreThan(boolean started, boolean ended) {
        if (said == Evidence.Queue.SILENT || ended) {
            return false;
        }
        return entry == null
                || (started ? entry.state().isEnded() : entry.state().hasBegun());
    }

    /** Whether {@code squeue} has answered without a row of the job. */
    boolean saidNothing() {
        return said == Evidence.Queue.ABSENT || said == Evidence.Queue.LEFT_OUT;
    }

    /**
     * Whether Slurm has started the job since its newest record of a start. A {@code slurmctld} that was killed may not know of
     * that start, and starts the job again under the same number.
     */
    boolean startedSince() {
        return record.started() > 0 && lastStart * 1000 - record.started() >= CLOCKS_MILLIS;
    }

    /**
     * Whether Slurm has ended the job after its program had come to an end: a {@code slurmctld} that was away when a job ended, on a
     * node that was lost, keeps it as running until somebody cancels it or its time is over.
     *
     * @param ended when the record of the end was written, in seconds since 1970
     */
    boolean endedAfter(long ended) {
        return saysByRequest() && (end - ended) * 1000 >= CLOCKS_MILLIS;
    }

    /** Whether Slurm says that it has ended the job itself, at somebody's request or at its limit. */
    boolean saysByRequest() {
        return entry != null && Verdict.isByRequest(entry.state());
    }

    /** Whether Slurm calls the job failed. */
    boolean saysFailed() {
        return entry != null && entry.state() == JobState.FAILED;
    }

    Evidence.Queue said() {
        return said;
    }

    @CheckForNull
    QueueEntry entry() {
        return entry;
    }

    @CheckForNull
    AccountingEntry accounting() {
        return accounting;
    }

    /** For how many milliseconds Slurm has said what it said last. */
    long age(long now) {
        long here = now - since;
        return here < FRESH_MILLIS ? here : here + before;
    }

    /** Whether Slurm's last word is that somebody has cancelled the job. */
    boolean saysCancelled() {
        QueueEntry row = entry();
        return row != null && row.state() == JobState.CANCELLED;
    }

    /** Whether Slurm's last word is that the job waits, or is about to come back. */
    boolean saysWaiting() {
        QueueEntry row = entry();
        return row != null && (row.state().isWaiting() || row.state().isStuck());
    }
}
