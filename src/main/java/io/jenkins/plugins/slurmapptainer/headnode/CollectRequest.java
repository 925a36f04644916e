package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param directory of the ended job
 * @param afterwards what becomes of the directory
 * @param outputs what to copy, usually nothing
 * @param workingDirectory where the job ran and the outputs are
 * @param workspace where they belong, absolute; empty to only find them
 * @param array id of the array whose tasks' output is wanted, under the names that it has in the working directory then; empty
 *     for other outputs
 * @param fence where they may be read
 * @param bounds how much may be copied
 * @param askSpace whether to find out if the directory takes no more data
 */
public record CollectRequest(
        JobDirectory directory,
        Afterwards afterwards,
        ArrayList<FilePattern> outputs,
        String workingDirectory,
        String workspace,
        OutputFence fence,
        OutputBounds bounds,
        boolean askSpace,
        String array)
        implements Serializable {

    /** What becomes of a job's directory. */
    public enum Afterwards {
        /** Nobody needs it any more. */
        REMOVE,
        /** It stays for whoever wants to look at it; the job succeeded. */
        KEEP_SUCCEEDED,
        /** It stays for whoever looks for the cause; the job did not succeed. */
        KEEP_FAILED,
        /** It is still needed. */
        USE
    }

    /**
     * Asks for the output of an array's tasks.
     *
     * @param array its id, without a cluster
     * @param workspace as above
     * @param bounds as above
     */
    public static CollectRequest ofTasks(JobDirectory directory, String array, String workspace, OutputBounds bounds) {
        ArrayList<FilePattern> all = new ArrayList<>(FilePattern.parseOutputs(taskFile(array, "*")));
        return new CollectRequest(
                directory,
                Afterwards.USE,
                all,
                directory.taskFiles(),
                workspace,
                OutputFence.of(directory),
                bounds,
                false,
                array);
    }

    /** The file with the output of a task, under the name that {@code sbatch} gives it by default: {@code slurm-%A_%a.out}. */
    public static String taskFile(String array, String index) {
        return "slurm-" + array + "_" + index + ".out";
    }

    /** Cleans up after a job whose outputs nobody wants, or has already. */
    public static CollectRequest cleanUp(JobDirectory directory, Afterwards afterwards) {
        return withoutOutputs(directory, afterwards, false);
    }

    /** Asks whether the directory of an ended job takes no more data, which may be why it failed. */
    public static CollectRequest space(JobDirectory directory) {
        return withoutOutputs(directory, Afterwards.USE, true);
    }

    private static CollectRequest withoutOutputs(JobDirectory directory, Afterwards afterwards, boolean askSpace) {
        return new CollectRequest(
                directory,
                afterwards,
                new ArrayList<>(),
                "",
                "",
                OutputFence.of(directory),
                OutputBounds.NONE,
                askSpace,
                "");
    }
}
