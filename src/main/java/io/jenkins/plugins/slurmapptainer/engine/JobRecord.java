package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.OutputFence;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that must be remembered of one job, whatever happens to the process that follows it. Written by {@link JobLifecycle} and,
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
    private String headNode;
    private boolean cancelling;
    private String outputs = "";
    /** Of the outputs, those that other tries have left; {@code null} for none. Patterns, one a line. */
    private String optionalOutputs;
    /** Of the outputs, those that are not there although they have to be; {@code null} for none. */
    private String missingOutputs;

    /** Absolute paths below which outputs may lie, one a line; {@code null} for none. */
    private String outputRoots;
    /** Real path of the workspace that the job works in; {@code null} for none. */
    private String usedWorkspace;

    private String workspace = "";
    private boolean workspaceRemote;
    private boolean taskFiles;
    private int taskLimit;
    private String workingDirectory = "";
    private boolean collected;
    private Outcome.Kind doom;
    private String doomDetail = "";
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

    /** Whether no outputs are left to be copied. */
    public synchronized boolean isCollected() {
        boolean kept = collected || !isOutputReturned() || submitted == 0;
        return kept && outputs().outputs().isEmpty() && taskOutputs().outputs().isEmpty();
    }

    /** Whether the workspace is on another machine than the head nodes. */
    synchronized boolean isWorkspaceRemote() {
        return workspaceRemote;
    }

    /** Whether the output of an array's tasks becomes files in the workspace, instead of lines of the console. */
    public synchronized boolean hasTaskFiles() {
        return taskFiles;
    }

    /** The outputs that have not been copied yet. */
    synchronized CollectRequest outputs() {
        List<FilePattern> wanted =
                collected || submitted == 0 ? List.of() : FilePattern.parseOutputs(outputs, optionalOutputs);
        return new CollectRequest(
                directory(),
                CollectRequest.Afterwards.USE,
                new ArrayList<>(wanted),
                workingDirectory,
                workspaceRemote ? "" : workspace,
                outputFence(),
                outputBounds(cluster),
                false,
                "");
    }

    private OutputFence outputFence() {
        return new OutputFence(
                directory(),
                usedWorkspace == null ? "" : usedWorkspace,
                outputRoots == null
                        ? new ArrayList<>()
                        : outputRoots.lines().collect(Collectors.toCollection(ArrayList::new)));
    }

    /** The output of an array's tasks that has not been copied yet; without patterns if there is none. */
    synchronized CollectRequest taskOutputs() {
        boolean ran = tasks().stream().anyMatch(task -> task.startedAttempt() >= 0);
        return taskFiles && ran && !collected
                ? CollectRequest.ofTasks(
                        directory(), jobId().split(";")[0], workspaceRemote ? "" : workspace, outputBounds(cluster))
                : CollectRequest.cleanUp(directory(), CollectRequest.Afterwards.USE);
    }

    /** Whether the job has waited longer for its first start than its build allows. */
    synchronized boolean hasWaitedTooLong(long now) {
        return maxPending() > 0 && startedAttempt() < 0 && submitted > 0 && now - submitted >= maxPending();
    }

    /** Milliseconds from the submission to the last start, or to the end of a job that never started. */
    public synchronized long waitedMillis() {
        return submitted == 0 ? 0 : Math.max(0, (started() == 0 ? ended() : started()) - submitted);
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

    /** The tasks of a job array, by their indexes; empty for any other job. */
    public synchronized List<TaskRecord> tasks() {
        return tasks == null ? List.of() : Collections.unmodifiableList(tasks);
    }

    /** How many tasks may run at once, 0 for any number. */
    public synchronized int taskLimit() {
        return taskLimit;
    }

    synchronized void planned(JobPlan plan) {
        described(plan);
        List<TaskRecord> planned = new ArrayList<>();
        plan.directives()
                .get(Directive.ARRAY)
                .ifPresent(array -> ArrayIndexes.parse(array).indexes().forEach(i -> planned.add(new TaskRecord(i))));
        taskLimit = plan.directives()
                .get(Directive.ARRAY)
                .map(array -> ArrayIndexes.parse(array).limit())
                .orElse(0);
        tasks = planned.isEmpty() || plan.dryRun() ? null : planned;
        outputs = plan.workspace().outputs().stream().map(FilePattern::toString).collect(Collectors.joining("\n"));
        optionalOutputs = plan.workspace().outputs().stream()
                .filter(FilePattern::optional)
                .map(FilePattern::toString)
                .collect(Collectors.joining("\n"));
        outputRoots = plan.workspace().outputRoots().isEmpty()
                ? null
                : String.join("\n", plan.workspace().outputRoots());
        workspace = plan.workspace().path();
        workspaceRemote = plan.workspace().remote();
        taskFiles = plan.workspace().taskFiles();
    }

    synchronized void doomed(Outcome reason) {
        doom = reason.kind();
        doomDetail = reason.detail();
    }

    /** @param used real path of the workspace, if the job works in it, else empty */
    synchronized void staged(String directory, String used) {
        workingDirectory = directory;
        usedWorkspace = used.isEmpty() ? null : used;
    }

    synchronized void collected() {
        collected = true;
    }

    /** @param patterns of outputs that are not there although they have to be */
    synchronized void lacks(List<String> patterns) {
        missingOutputs = patterns.isEmpty()
                ? null
                : patterns.stream().map(FilePattern::escaped).collect(Collectors.joining("\n"));
    }

    /** Patterns of outputs that no try of its tasks has left so far, as {@code outputs} takes them; empty for none. */
    public synchronized String missingOutputs() {
        return missingOutputs == null ? "" : missingOutputs;
    }

    /** The job has started after all. */
    synchronized void reprieved() {
        doom = null;
        doomDetail = "";
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
