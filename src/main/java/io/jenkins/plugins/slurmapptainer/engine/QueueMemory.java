package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.PendingReason;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.List;

/**
 * What Slurm has said about one job, and since when. This includes the time before the controller was restarted;
 * otherwise a controller that often restarts would never have waited long enough.
 */
final class QueueMemory {
    /**
     * After how many milliseconds of this process the time before a restart counts. Until then, the accounting can be
     * asked too.
     */
    static final long FRESH_MILLIS = 15_000;

    /** The clocks of node and {@code slurmctld} differ by less than this. A job is never started again so soon. */
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

    /** @param record remembers since when the last answer holds */
    QueueMemory(JobProgress record) {
        this.record = record;
    }

    /** Forgets everything, because something has happened that makes the last answer outdated. */
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
     * Processes an answer of {@code squeue}.
     *
     * @param row the job's row, {@code null} if it has none
     * @param siblings whether other tasks of its array have rows
     * @param about what had happened to the job before
     * @param now milliseconds of a clock that never goes back
     * @return whether this is news that should survive a restart, because its age may decide the end of the job
     */
    boolean queue(@CheckForNull QueueEntry row, boolean siblings, String about, long now) {
        // The other tasks may end and be forgotten while this one is waited for.
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
     * Processes an answer of {@code sacct}, with one row for each time that the job was in the queue.
     *
     * @param rows older ones first; some may be about other jobs that had the id
     */
    void accounting(List<AccountingEntry> rows, JobToken token) {
        List<AccountingEntry> own = rows.stream()
                .filter(row -> row.isOf(token) && row.state() != JobState.REVOKED)
                .toList();
        accounting = own.isEmpty() ? accounting : own.get(own.size() - 1);
        restarts = Math.max(restarts, own.size() - 1);
    }

    /**
     * Whether it matters which run the newest record belongs to, and that is not known. A run that its node ends before
     * it begins leaves no record.
     *
     * @param ended whether there is a record of an end that does not decide by itself
     */
    boolean lacksRestarts(boolean ended) {
        if (restarts >= 0) {
            return false;
        }
        boolean waits =
                entry != null && (entry.state().isWaiting() || entry.state().isStuck());
        return entry != null && Verdict.repeatsTheRecord(entry.state()) || ended && !waits;
    }

    /** How often Slurm has requeued the job, -1 if that is not known. */
    int restarts() {
        return restarts;
    }

    /**
     * Whether Slurm's answer shows that the job has come further than is known.
     *
     * @param started whether its start is known
     * @param ended whether its end is known
     */
    boolean saysMoreThan(boolean started, boolean ended) {
        if (said == Evidence.Queue.SILENT || ended) {
            return false;
        }
        return entry == null
                || (started ? entry.state().isEnded() : entry.state().hasBegun());
    }

    /** Whether {@code squeue} has answered without a row for the job. */
    boolean saidNothing() {
        return said == Evidence.Queue.ABSENT || said == Evidence.Queue.LEFT_OUT;
    }

    /**
     * Whether Slurm has started the job after its newest record of a start. A {@code slurmctld} that was killed may not
     * know that start, and starts the job again under the same number.
     */
    boolean startedSince() {
        return record.started() > 0 && lastStart * 1000 - record.started() >= CLOCKS_MILLIS;
    }

    /**
     * Whether Slurm has ended the job after its program had ended by itself. If {@code slurmctld} was away when a job
     * ended on a node that was lost, it keeps the job as running until somebody cancels it or its time is over.
     *
     * @param ended when the record of the end was written, in seconds since 1970
     */
    boolean endedAfter(long ended) {
        return saysByRequest() && (end - ended) * 1000 >= CLOCKS_MILLIS;
    }

    /** Whether Slurm says that it has ended the job itself, because of a request or a limit. */
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

    /** For how many milliseconds Slurm's last answer has been the same. */
    long age(long now) {
        long here = now - since;
        return here < FRESH_MILLIS ? here : here + before;
    }

    /** Whether Slurm's last answer is that somebody has cancelled the job. */
    boolean saysCancelled() {
        QueueEntry row = entry();
        return row != null && row.state() == JobState.CANCELLED;
    }

    /** Whether Slurm's last answer is that the job waits, or is about to be requeued. */
    boolean saysWaiting() {
        QueueEntry row = entry();
        return row != null && (row.state().isWaiting() || row.state().isStuck());
    }
}
