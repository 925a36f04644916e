package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.headnode.OutputFence;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of a {@link JobRecord} that says which files the job leaves, where they are and whether they have been copied. Read by
 * anybody. The names of the fields are stored in builds.
 */
public final class JobOutputs implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Patterns, one a line. */
    private String patterns = "";
    /** Of the outputs, those that other tries have left; {@code null} for none. Patterns, one a line. */
    private String optional;
    /** Of the outputs, those that are not there although they have to be; {@code null} for none. */
    private String missing;
    /** Absolute paths below which outputs may lie, one a line; {@code null} for none. */
    private String roots;
    /** Real path of the workspace that the job works in; {@code null} for none. */
    private String usedWorkspace;

    private String workspace = "";
    private boolean workspaceRemote;
    private boolean taskFiles;
    private String workingDirectory = "";
    private boolean collected;
    private long maxBytes;
    private int maxFiles;
    private boolean inPlaceCount;

    JobOutputs() {}

    synchronized void planned(WorkspaceUse use) {
        patterns = use.outputs().stream().map(FilePattern::toString).collect(Collectors.joining("\n"));
        optional = use.outputs().stream()
                .filter(FilePattern::optional)
                .map(FilePattern::toString)
                .collect(Collectors.joining("\n"));
        roots = use.outputRoots().isEmpty() ? null : String.join("\n", use.outputRoots());
        workspace = use.path();
        workspaceRemote = use.remote();
        taskFiles = use.taskFiles();
        maxBytes = use.bounds().bytes();
        maxFiles = use.bounds().files();
        inPlaceCount = use.bounds().inPlace();
    }

    /** @param used real path of the workspace, if the job works in it, else empty */
    synchronized void staged(String directory, String used) {
        workingDirectory = directory;
        usedWorkspace = used.isEmpty() ? null : used;
    }

    /** Whether the output of an array's tasks becomes files in the workspace, instead of lines of the console. */
    public synchronized boolean hasTaskFiles() {
        return taskFiles;
    }

    /** Whether the workspace is on another machine than the head nodes. */
    synchronized boolean isWorkspaceRemote() {
        return workspaceRemote;
    }

    /** Whether all that is to be copied has been, or is given up. */
    synchronized boolean isCollected() {
        return collected;
    }

    synchronized void collected() {
        collected = true;
    }

    /** @param patterns of outputs that are not there although they have to be */
    synchronized void lack(List<String> patterns) {
        missing = patterns.isEmpty()
                ? null
                : patterns.stream().map(FilePattern::escaped).collect(Collectors.joining("\n"));
    }

    /** Patterns of outputs that no try of its tasks has left so far, as {@code outputs} takes them; empty for none. */
    public synchronized String missing() {
        return missing == null ? "" : missing;
    }

    /** What copies those that have not been copied yet, of a job that Slurm has taken. */
    synchronized CollectRequest request(JobDirectory directory, String cluster) {
        return request(directory, cluster, collected ? List.of() : FilePattern.parseOutputs(patterns, optional));
    }

    /** The same without any patterns. */
    synchronized CollectRequest nothing(JobDirectory directory, String cluster) {
        return request(directory, cluster, List.of());
    }

    private CollectRequest request(JobDirectory directory, String cluster, List<FilePattern> wanted) {
        return new CollectRequest(
                directory,
                CollectRequest.Afterwards.USE,
                new ArrayList<>(wanted),
                workingDirectory,
                workspaceRemote ? "" : workspace,
                fence(directory),
                bounds(cluster),
                false,
                "");
    }

    /** What copies the output of an array's tasks as files, if that is wanted and has not been done; else without patterns. */
    synchronized CollectRequest taskRequest(JobDirectory directory, String cluster, String jobId) {
        return taskFiles && !collected
                ? CollectRequest.ofTasks(directory, jobId, workspaceRemote ? "" : workspace, bounds(cluster))
                : CollectRequest.cleanUp(directory, CollectRequest.Afterwards.USE);
    }

    private OutputFence fence(JobDirectory directory) {
        return new OutputFence(
                directory,
                usedWorkspace == null ? "" : usedWorkspace,
                roots == null ? new ArrayList<>() : roots.lines().collect(Collectors.toCollection(ArrayList::new)));
    }

    private OutputBounds bounds(String cluster) {
        return new OutputBounds(cluster, maxBytes, maxFiles, inPlaceCount);
    }
}
