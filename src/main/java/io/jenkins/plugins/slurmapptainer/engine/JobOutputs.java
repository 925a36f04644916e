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
 * The part of a {@link JobRecord} that says which files the job leaves, where they are, and whether they have been
 * copied. Every thread may read it. The names of the fields are saved in builds.
 */
public final class JobOutputs implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Patterns of the outputs, one a line. */
    private String patterns = "";
    /** Patterns of outputs that other tries have left, one a line; {@code null} for none. */
    private String optional;
    /** Patterns of required outputs that are missing, one a line; {@code null} for none. */
    private String missing;
    /** Absolute paths below which outputs may be, one a line; {@code null} for none. */
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

    /** @param used real path of the workspace if the job works in it, otherwise empty */
    synchronized void staged(String directory, String used) {
        workingDirectory = directory;
        usedWorkspace = used.isEmpty() ? null : used;
    }

    /** Whether the output of an array's tasks becomes files in the workspace, and is not shown in the console. */
    public synchronized boolean hasTaskFiles() {
        return taskFiles;
    }

    /** Whether the workspace is not on the head nodes. */
    synchronized boolean isWorkspaceRemote() {
        return workspaceRemote;
    }

    /** Whether all outputs have been copied or given up. */
    synchronized boolean isCollected() {
        return collected;
    }

    synchronized void collected() {
        collected = true;
    }

    /** @param patterns patterns of required outputs that are missing */
    synchronized void lack(List<String> patterns) {
        missing = patterns.isEmpty()
                ? null
                : patterns.stream().map(FilePattern::escaped).collect(Collectors.joining("\n"));
    }

    /** Patterns of outputs that no try of its tasks has left so far, in the form of {@code outputs}; empty for none. */
    public synchronized String missing() {
        return missing == null ? "" : missing;
    }

    /** The request that copies the outputs that have not been copied yet. For a job that Slurm has accepted. */
    synchronized CollectRequest request(JobDirectory directory, String cluster) {
        return request(directory, cluster, collected ? List.of() : FilePattern.parseOutputs(patterns, optional));
    }

    /** The same without patterns. */
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

    /**
     * The request that copies the output of an array's tasks as files. Without patterns if that is not wanted or has
     * been done.
     */
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
