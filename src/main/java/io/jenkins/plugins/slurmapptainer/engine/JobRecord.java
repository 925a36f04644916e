package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that must be remembered of one job, whatever happens to the process that follows it. Written by {@link JobRun} and,
 * for what it finds out about the image, by the {@link JobHost}; read by anybody; saved by the {@link JobHost}. Plain
 * fields, so that every serialiser can keep them; their names are stored in builds.
 */
public final class JobRecord extends JobDescription {
    private static final long serialVersionUID = 1L;

    /** How far the job has come. The names are stored in builds: they never change. */
    public enum Phase {
        /** Files are being staged; nothing is known to Slurm. */
        PREPARING,
        /** {@code sbatch} may have been called. */
        SUBMITTING,
        /** The job's id is known. */
        SUBMITTED,
        /** The outcome is known. */
        ENDED
    }

    private final String token;
    private final String cluster;
    private final String root;
    private Phase phase = Phase.PREPARING;
    private String jobId = "";
    private String headNode;
    private String state = "";
    private String reason = "";
    private String expectedStart = "";
    private String nodes = "";
    private long offset;
    private int startedAttempt = -1;
    private boolean cancelling;
    private String outputs = "";
    private String workspace = "";
    private boolean workspaceRemote;
    private String workingDirectory = "";
    private boolean collected;
    private long peakMemory;
    private Outcome.Kind doom;
    private String doomDetail = "";
    private long created;
    private long submitted;
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

    /**
     * @param cluster name of the configured cluster
     * @param root as in {@link JobDirectory#root()}
     * @param headNode name of the agent to begin with, empty for any
     */
    public JobRecord(JobToken token, String cluster, String root, String headNode, long now) {
        this.token = token.value();
        this.cluster = cluster;
        this.root = root;
        this.headNode = headNode;
        this.created = now;
    }

    public JobDirectory directory() {
        return new JobDirectory(root, new JobToken(token));
    }

    public String token() {
        return token;
    }

    public String cluster() {
        return cluster;
    }

    public synchronized Phase phase() {
        return phase;
    }

    /** The id as {@code sbatch} printed it, empty before. */
    public synchronized String jobId() {
        return jobId;
    }

    /** Name of the agent that was last used as the head node. */
    public synchronized String headNode() {
        return headNode;
    }

    /** Slurm's last word on the state, empty before there is one. */
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

    /** Highest attempt that has started, -1 for none. */
    public synchronized int startedAttempt() {
        return startedAttempt;
    }

    public synchronized boolean isCancelling() {
        return cancelling;
    }

    /** The most memory that the last attempt used at once on its first node, in bytes; 0 if that is not known. */
    public synchronized long peakMemory() {
        return peakMemory;
    }

    /** Whether no outputs are left to be copied. */
    public synchronized boolean isCollected() {
        return outputs().outputs().isEmpty();
    }

    /** Whether the workspace is on another machine than the head nodes. */
    synchronized boolean isWorkspaceRemote() {
        return workspaceRemote;
    }

    /** The outputs that have not been copied yet. */
    synchronized CollectRequest outputs() {
        List<FilePattern> wanted =
                outputs == null || collected || submitted == 0 ? List.of() : FilePattern.parseOutputs(outputs);
        return new CollectRequest(
                directory(),
                CollectRequest.Afterwards.USE,
                new ArrayList<>(wanted),
                workingDirectory,
                workspaceRemote ? "" : workspace);
    }

    /**
     * When Slurm expects to start the job, or could start one that was only checked, as it printed that; empty if it does not
     * say or the job has started.
     */
    public synchronized String expectedStart() {
        return expectedStart == null ? "" : expectedStart;
    }

    /** Whether the job has waited longer for its first start than its build allows. */
    synchronized boolean hasWaitedTooLong(long now) {
        return maxPending() > 0 && startedAttempt < 0 && submitted > 0 && now - submitted >= maxPending();
    }

    /** Milliseconds from the submission to the last start, or to the end of a job that never started. */
    public synchronized long waitedMillis() {
        return submitted == 0 ? 0 : Math.max(0, (started == 0 ? ended : started) - submitted);
    }

    /** Milliseconds from the last start to the end. */
    public synchronized long ranMillis() {
        return started == 0 ? 0 : Math.max(0, ended - started);
    }

    /** Why the engine itself ends the job, nothing if it does not. */
    @CheckForNull
    public synchronized Outcome doom() {
        return doom == null ? null : Outcome.of(doom, doomDetail);
    }

    /** Milliseconds since 1970, like all times here; 0 when it has not happened. */
    public synchronized long created() {
        return created;
    }

    public synchronized long submitted() {
        return submitted;
    }

    public synchronized long started() {
        return started;
    }

    public synchronized long ended() {
        return ended;
    }

    /** How it ended, nothing before {@link Phase#ENDED}. */
    @CheckForNull
    public synchronized Outcome outcome() {
        return outcome == null ? null : new Outcome(outcome, exitCode, signal, detail);
    }

    synchronized void planned(JobPlan plan) {
        described(plan);
        outputs = plan.outputs().stream().map(FilePattern::pattern).collect(Collectors.joining("\n"));
        workspace = plan.workspace();
        workspaceRemote = plan.remote();
    }

    synchronized void doomed(Outcome reason) {
        doom = reason.kind();
        doomDetail = reason.detail();
    }

    synchronized void staged(String directory) {
        workingDirectory = directory;
    }

    synchronized void collected() {
        collected = true;
    }

    /** The job has started after all. */
    synchronized void reprieved() {
        doom = null;
        doomDetail = "";
    }

    synchronized void submitting(String agent) {
        headNode = agent;
        phase = Phase.SUBMITTING;
    }

    synchronized void submitted(String id, long now) {
        jobId = id;
        submitted = now;
        phase = Phase.SUBMITTED;
    }

    /** Another job with the same token runs the script: that one counts. */
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

    /** The job's own word on when it ended; otherwise the moment at which that was found out counts. */
    synchronized void attemptEnded(long time, long peakBytes) {
        ended = time;
        peakMemory = peakBytes;
    }

    synchronized void queueSays(String newState, String newReason, String newNodes) {
        state = newState;
        reason = newReason;
        nodes = newNodes.isEmpty() ? nodes : newNodes;
    }

    /**
     * What Slurm says now, in any form that changes with it.
     *
     * @param now milliseconds since 1970
     * @return for how many milliseconds it has said so, 0 if it is new
     */
    synchronized long lastWord(String word, long now) {
        if (!word.equals(lastWord)) {
            lastWord = word;
            lastWordSince = now;
        }
        return Math.max(0, now - lastWordSince);
    }

    /**
     * The end of an attempt has been seen.
     *
     * @param now milliseconds since 1970
     * @return for how many milliseconds it has been known, 0 if it is new
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

    synchronized void cancelling() {
        cancelling = cancelling || phase != Phase.ENDED;
    }

    /** The outcome; may be told again when the outputs turn out not to be there. */
    synchronized void ended(Outcome result, long now) {
        outcome = result.kind();
        exitCode = result.exitCode();
        signal = result.signal();
        detail = result.detail();
        ended = ended == 0 ? now : ended;
        phase = Phase.ENDED;
    }
}
