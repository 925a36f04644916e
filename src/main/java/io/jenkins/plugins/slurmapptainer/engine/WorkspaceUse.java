package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.util.List;

/**
 * What a job takes from the workspace of its build, and leaves there.
 *
 * @param path absolute, on the head node; empty for none
 * @param files what to stage
 * @param checksums whether copies of files are compared with the originals
 * @param outputs what to copy into the workspace at the end
 * @param outputRoots directories below which these may lie besides the job's own and the workspace
 * @param bounds how much of that may be copied
 * @param taskFiles whether the output of an array's tasks becomes files there, instead of lines of the console
 * @param remote whether the workspace is on another machine than the head nodes
 */
public record WorkspaceUse(
        String path,
        List<FilePattern> files,
        boolean checksums,
        List<FilePattern> outputs,
        List<String> outputRoots,
        OutputBounds bounds,
        boolean taskFiles,
        boolean remote) {
    /** Of a job that has nothing to do with the workspace. */
    public static final WorkspaceUse NONE = of("", List.of(), List.of());

    /** Files in and out of a workspace that a head node has, without checksums. */
    public static WorkspaceUse of(String path, List<FilePattern> files, List<FilePattern> outputs) {
        return new WorkspaceUse(path, files, false, outputs, List.of(), OutputBounds.NONE, false, false);
    }

    WorkspaceUse elsewhere() {
        return new WorkspaceUse(path, files, checksums, outputs, outputRoots, bounds, taskFiles, true);
    }
}
