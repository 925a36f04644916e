package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.util.List;

/**
 * What a job takes from the workspace of its build, and what it leaves there.
 *
 * @param path absolute, on the head node; empty for none
 * @param files patterns of the files to stage
 * @param checksums whether to compare copies of files with the originals
 * @param outputs patterns of the files to copy into the workspace at the end
 * @param outputRoots directories, besides the job's own and the workspace, that outputs may be in
 * @param bounds how much may be copied at the end
 * @param taskFiles whether the output of an array's tasks becomes files there, and is not shown in the console
 * @param remote whether the workspace is not on the head nodes
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
    /** For a job that does not use the workspace. */
    public static final WorkspaceUse NONE = of("", List.of(), List.of());

    /** Files to and from a workspace on a head node, without checksums. */
    public static WorkspaceUse of(String path, List<FilePattern> files, List<FilePattern> outputs) {
        return new WorkspaceUse(path, files, false, outputs, List.of(), OutputBounds.NONE, false, false);
    }

    WorkspaceUse elsewhere() {
        return new WorkspaceUse(path, files, checksums, outputs, outputRoots, bounds, taskFiles, true);
    }
}
