package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Everything that must be remembered about one job, even if the process crashes. {@link JobLifecycle} writes it, and
 * the {@link JobClient} writes what it finds out about the image. Every thread may read it. The {@link JobClient} saves
 * it. It has plain fields, so that every serializer can save them; their names are saved in builds.
 */
public final class JobRecord extends JobProgress {
    private static final long serialVersionUID = 1L;

    /** The phases of a job. The names are saved in builds: they never change. */
    public enum Phase {
        /** Files are being staged. Slurm does not know the job. */
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
    private String headNode;
    private boolean cancelling;
    private final JobDescription description = new JobDescription();
    private final JobOutputs files = new JobOutputs();
    private int taskLimit;
    private Outcome.Kind cancelReason;
    private String cancelDetail = "";
    /** {@code null} if it is not known. */
    private String user;
    /** {@code null} for none. */
    private QueueHistory queue;

    private long created;
    private long submitted;
    private long refusedSince;
    private long silentSince;
    private long uncopiedSince;
    /** Replaced, never changed: saving the record takes no lock. */
    private List<TaskRecord> tasks;

    /**
     * @param cluster name of the configured cluster
     * @param root as in {@link JobDirectory#root()}
     * @param headNode name of the agent to start with, empty for any
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

    /** Name of the agent that was last used as head node. */
    public synchronized String headNode() {
        return headNode;
    }

    public synchronized boolean isCancelling() {
        return cancelling;
    }

    /** What was requested, and which image is used. */
    public JobDescription description() {
        return description;
    }

    /** The files that the job leaves. */
    public JobOutputs files() {
        return files;
    }

    /** Whether no outputs are left to copy. */
    public synchronized boolean isCollected() {
        boolean kept = files.isCollected() || !description.isOutputReturned() || submitted == 0;
        return kept && outputs().outputs().isEmpty() && taskOutputs().outputs().isEmpty();
    }

    /** The request for the outputs that have not been copied yet. */
    synchronized CollectRequest outputs() {
        return submitted == 0 ? files.nothing(directory(), cluster) : files.request(directory(), cluster);
    }

    /**
     * The request for the output of tasks that has not been copied yet; without patterns if there is none.
     */
    synchronized CollectRequest taskOutputs() {
        boolean begun = tasks().isEmpty()
                ? startedAttempt() >= 0
                : tasks().stream().anyMatch(task -> task.startedAttempt() >= 0);
        return begun
                ? files.taskRequest(directory(), cluster, jobId().split(";")[0])
                : CollectRequest.cleanUp(directory(), CollectRequest.Afterwards.USE);
    }

    /** Whether the job has waited longer for its first start than its build allows. */
    synchronized boolean hasWaitedTooLong(long now) {
        long limit = description.maxPending();
        return limit > 0 && startedAttempt() < 0 && submitted > 0 && now - submitted >= limit;
    }

    /** Milliseconds from the submission to the last start. For a job that never started, to its end. */
    public synchronized long waitedMillis() {
        return submitted == 0 ? 0 : Math.max(0, (started() == 0 ? ended() : started()) - submitted);
    }

    /** Why the plugin itself cancels the job, {@code null} if it does not. */
    @CheckForNull
    public synchronized Outcome cancelReason() {
        return cancelReason == null ? null : Outcome.of(cancelReason, cancelDetail);
    }

    /** When the job was created. Like all times here, in milliseconds since 1970, or 0 if it has not happened. */
    public synchronized long created() {
        return created;
    }

    public synchronized long submitted() {
        return submitted;
    }

    /** The tasks of a job array, sorted by index; empty for any other job. */
    public synchronized List<TaskRecord> tasks() {
        return tasks == null ? List.of() : Collections.unmodifiableList(tasks);
    }

    /** How many tasks may run at once, 0 for any number. */
    public synchronized int taskLimit() {
        return taskLimit;
    }

    synchronized void planned(JobPlan plan) {
        description.planned(plan);
        files.planned(plan.workspace());
        List<TaskRecord> planned = new ArrayList<>();
        plan.directives()
                .get(Directive.ARRAY)
                .ifPresent(array -> ArrayIndexes.parse(array).indexes().forEach(i -> planned.add(new TaskRecord(i))));
        taskLimit = plan.directives()
                .get(Directive.ARRAY)
                .map(array -> ArrayIndexes.parse(array).limit())
                .orElse(0);
        tasks = planned.isEmpty() || plan.dryRun() ? null : planned;
    }

    /** The plugin cancels the job for this reason. */
    synchronized void cancelFor(Outcome reason) {
        cancelReason = reason.kind();
        cancelDetail = reason.detail();
    }

    /** The job has started after all and need not be cancelled. */
    synchronized void clearCancelReason() {
        cancelReason = null;
        cancelDetail = "";
    }

    /** Nothing has been submitted, and the files must be staged again. */
    synchronized void preparing() {
        phase = Phase.PREPARING;
    }

    synchronized void submitting(String agent) {
        headNode = agent;
        phase = Phase.SUBMITTING;
    }

    /**
     * Slurm cannot take the job now.
     *
     * @param now milliseconds since 1970
     * @return for how many milliseconds it could not; 0 if that is new
     */
    synchronized long refused(long now) {
        refusedSince = refusedSince == 0 ? now : refusedSince;
        return Math.max(0, now - refusedSince);
    }

    /** Nobody answers about the job. Parameters and result as for {@link #refused}. */
    synchronized long silent(long now) {
        silentSince = silentSince == 0 ? now : silentSince;
        return Math.max(0, now - silentSince);
    }

    /**
     * Files cannot be copied now. Parameters and result as for {@link #refused}. Copies before and after the job are
     * counted separately.
     */
    synchronized long uncopied(long now) {
        if (uncopiedSince < ended()) {
            uncopiedSince = 0;
        }
        uncopiedSince = uncopiedSince == 0 ? now : uncopiedSince;
        return Math.max(0, now - uncopiedSince);
    }

    /** Whether a {@link #silent silence} has ended with this answer. */
    synchronized boolean answered() {
        boolean was = silentSince != 0;
        silentSince = 0;
        return was;
    }

    /** Name of the Unix user that owns the job, empty if that is not known. */
    public synchronized String user() {
        return user == null ? "" : user;
    }

    synchronized void submittedBy(String name) {
        user = name;
    }

    synchronized void submitted(String id, long now) {
        adopt(id);
        submitted = now;
        tasks().forEach(task -> task.submitted(id));
        phase = Phase.SUBMITTED;
    }

    /** What the job waited for and when it ran, since it is in the queue. */
    public synchronized QueueHistory queue() {
        return queue == null ? QueueHistory.NONE : queue;
    }

    synchronized void waitsFor(String reason, long now) {
        queue = queue().waitsFor(reason, now);
    }

    @Override
    synchronized void queueSays(QueueEntry row, long now) {
        super.queueSays(row, now);
        if (row.state().isWaiting() || row.state().isStuck()) {
            waitsFor(row.reason(), now);
        }
    }

    @Override
    synchronized void attemptStarted(int attempt, String node, long time) {
        super.attemptStarted(attempt, node, time);
        queue = queue().runs(time);
    }

    synchronized void cancelling() {
        cancelling = cancelling || phase != Phase.ENDED;
    }

    /** Sets the outcome. May be called again when outputs turn out to be missing. */
    synchronized void ended(Outcome result, long now) {
        cameTo(result, now);
        phase = Phase.ENDED;
    }
}
