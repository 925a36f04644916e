package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All that must be remembered of one job, whatever happens to the process that follows it. Written by {@link JobLifecycle} and,
 * for what it finds out about the image, by the {@link JobClient}; read by anybody; saved by the {@link JobClient}. Plain
 * fields, so that every serialiser can keep them; their names are stored in builds.
 */
public final class JobRecord extends JobProgress {
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
    private String headNode;
    private boolean cancelling;
    private final JobDescription description = new JobDescription();
    private final JobOutputs files = new JobOutputs();
    private int taskLimit;
    private Outcome.Kind cancelReason;
    private String cancelDetail = "";
    /** {@code null} for one that is not known. */
    private String user;

    private long created;
    private long submitted;
    private long refusedSince;
    private long silentSince;
    private long uncopiedSince;
    /** Replaced, never changed: whoever saves the record holds no lock. */
    private List<TaskRecord> tasks;

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

    /** Name of the agent that was last used as the head node. */
    public synchronized String headNode() {
        return headNode;
    }

    public synchronized boolean isCancelling() {
        return cancelling;
    }

    /** What was asked for, and which image it got. */
    public JobDescription description() {
        return description;
    }

    /** The files that it leaves. */
    public JobOutputs files() {
        return files;
    }

    /** Whether no outputs are left to be copied. */
    public synchronized boolean isCollected() {
        boolean kept = files.isCollected() || !description.isOutputReturned() || submitted == 0;
        return kept && outputs().outputs().isEmpty() && taskOutputs().outputs().isEmpty();
    }

    /** The outputs that have not been copied yet. */
    synchronized CollectRequest outputs() {
        return submitted == 0 ? files.nothing(directory(), cluster) : files.request(directory(), cluster);
    }

    /** The output of an array's tasks that has not been copied yet; without patterns if there is none. */
    synchronized CollectRequest taskOutputs() {
        return tasks().stream().anyMatch(task -> task.startedAttempt() >= 0)
                ? files.taskRequest(directory(), cluster, jobId().split(";")[0])
                : CollectRequest.cleanUp(directory(), CollectRequest.Afterwards.USE);
    }

    /** Whether the job has waited longer for its first start than its build allows. */
    synchronized boolean hasWaitedTooLong(long now) {
        long limit = description.maxPending();
        return limit > 0 && startedAttempt() < 0 && submitted > 0 && now - submitted >= limit;
    }

    /** Milliseconds from the submission to the last start, or to the end of a job that never started. */
    public synchronized long waitedMillis() {
        return submitted == 0 ? 0 : Math.max(0, (started() == 0 ? ended() : started()) - submitted);
    }

    /** Why the plugin itself ends the job, nothing if it does not. */
    @CheckForNull
    public synchronized Outcome cancelReason() {
        return cancelReason == null ? null : Outcome.of(cancelReason, cancelDetail);
    }

    /** Milliseconds since 1970, like all times here; 0 when it has not happened. */
    public synchronized long created() {
        return created;
    }

    public synchronized long submitted() {
        return submitted;
    }

    /** The tasks of a job array, by their indexes; empty for any other job. */
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

    /** The plugin ends the job, for that reason. */
    synchronized void cancelFor(Outcome reason) {
        cancelReason = reason.kind();
        cancelDetail = reason.detail();
    }

    /** The job has started after all. */
    synchronized void clearCancelReason() {
        cancelReason = null;
        cancelDetail = "";
    }

    /** Nothing has been submitted, and the files are to be staged once more. */
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
     * @return for how many milliseconds it could not, 0 if that is new
     */
    synchronized long refused(long now) {
        refusedSince = refusedSince == 0 ? now : refusedSince;
        return Math.max(0, now - refusedSince);
    }

    /** Nobody answers about the job; as {@link #refused}. */
    synchronized long silent(long now) {
        silentSince = silentSince == 0 ? now : silentSince;
        return Math.max(0, now - silentSince);
    }

    /** Files cannot be copied now; as {@link #refused}. Those of the job's begin and those of its end are counted apart. */
    synchronized long uncopied(long now) {
        if (uncopiedSince < ended()) {
            uncopiedSince = 0;
        }
        uncopiedSince = uncopiedSince == 0 ? now : uncopiedSince;
        return Math.max(0, now - uncopiedSince);
    }

    /** Whether this is the end of a {@link #silent silence}. */
    synchronized boolean answered() {
        boolean was = silentSince != 0;
        silentSince = 0;
        return was;
    }

    /** Name of the Unix user whose job it is, empty if that is not known. */
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

    synchronized void cancelling() {
        cancelling = cancelling || phase != Phase.ENDED;
    }

    /** The outcome; may be told again when the outputs turn out not to be there. */
    synchronized void ended(Outcome result, long now) {
        cameTo(result, now);
        phase = Phase.ENDED;
    }
}
