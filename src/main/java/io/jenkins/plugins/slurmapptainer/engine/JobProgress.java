package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.Serializable;

/**
 * The progress of one job, or of one task of a job array, since Slurm knows it. The thread that tracks the job writes
 * it; every thread may read it. It has plain fields, so that every serializer can save them; their names are saved in
 * builds.
 */
public abstract class JobProgress implements Serializable {
    private static final long serialVersionUID = 1L;

    private String jobId = "";
    private String state = "";
    private String reason = "";
    private String expectedStart = "";
    private String nodes = "";
    private long offset;
    private int startedAttempt = -1;
    private long peakMemory;
    private long started;
    private long ended;
    private Outcome.Kind outcome;
    private int exitCode = -1;
    private int signal;
    private String detail = "";
    private String lastWord = "";
    private long lastWordSince;
    private int endSeen = -1;
    private long endSeenSince;

    JobProgress() {}

    /**
     * The id as {@code sbatch} printed it, {@code 123_4} for a task; empty before. All times of this class are in
     * milliseconds since 1970, or 0 if the event has not happened.
     */
    public synchronized String jobId() {
        return jobId;
    }

    /** Slurm's last word for the state, empty before there is one. */
    public synchronized String state() {
        return state;
    }

    public synchronized String reason() {
        return reason;
    }

    public synchronized String nodes() {
        return nodes;
    }

    /** Bytes of the output that have reached the console. */
    public synchronized long offset() {
        return offset;
    }

    /** The newest attempt that has started, -1 for none. */
    public synchronized int startedAttempt() {
        return startedAttempt;
    }

    /** The most memory that the last attempt used at once on its first node, in bytes; 0 if that is not known. */
    public synchronized long peakMemory() {
        return peakMemory;
    }

    /**
     * When Slurm expects to start the job, or could start a job that was only checked, as Slurm printed it. Empty if
     * Slurm does not say, or if the job has started.
     */
    public synchronized String expectedStart() {
        return expectedStart;
    }

    /** Milliseconds from the last start to the end. */
    public synchronized long ranMillis() {
        return started == 0 ? 0 : Math.max(0, ended - started);
    }

    public synchronized long started() {
        return started;
    }

    public synchronized long ended() {
        return ended;
    }

    /** The outcome, {@code null} before the end. */
    @CheckForNull
    public synchronized Outcome outcome() {
        return outcome == null ? null : new Outcome(outcome, exitCode, signal, detail);
    }

    /** Takes the id of another job with the same token that runs the script. From now on that job counts. */
    synchronized void adopt(String id) {
        jobId = id;
    }

    synchronized void shown(long newOffset) {
        offset = newOffset;
    }

    synchronized void attemptStarted(int attempt, String node, long time) {
        startedAttempt = attempt;
        nodes = node;
        started = time;
        ended = 0;
        state = "RUNNING";
        reason = "";
        expectedStart = "";
    }

    /**
     * The attempt has ended at this time by the job's own record. Without a record, the time when the end was found
     * counts.
     */
    synchronized void attemptEnded(long time, long peakBytes) {
        ended = time;
        peakMemory = peakBytes;
    }

    /** @param now milliseconds since 1970 */
    synchronized void queueSays(QueueEntry row, long now) {
        queueSays(row.printedState(), row.reason(), row.nodes());
        expectedStart(row.state().isWaiting() ? row.start() : "");
    }

    synchronized void queueSays(String newState, String newReason, String newNodes) {
        state = newState;
        reason = newReason;
        nodes = newNodes.isEmpty() ? nodes : newNodes;
    }

    /**
     * Notes what Slurm says now, in any form that changes when its answer changes.
     *
     * @param now milliseconds since 1970
     * @return for how many milliseconds it has said so; 0 if that is new
     */
    synchronized long lastWord(String word, long now) {
        if (!word.equals(lastWord)) {
            lastWord = word;
            lastWordSince = now;
        }
        return Math.max(0, now - lastWordSince);
    }

    /**
     * Notes that the end of an attempt has been seen.
     *
     * @param now milliseconds since 1970
     * @return for how many milliseconds it has been known; 0 if that is new
     */
    synchronized long endSeen(int attempt, long now) {
        if (endSeenSince == 0 || attempt != endSeen) {
            endSeen = attempt;
            endSeenSince = now;
        }
        return Math.max(0, now - endSeenSince);
    }

    synchronized void expectedStart(String printed) {
        expectedStart = printed;
    }

    /** Sets the outcome. May be called again when more is known. */
    synchronized void cameTo(Outcome result, long now) {
        outcome = result.kind();
        exitCode = result.exitCode();
        signal = result.signal();
        detail = result.detail();
        ended = ended == 0 ? now : ended;
    }
}
