package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * A request to copy outputs of an ended job and to clean up.
 *
 * @param directory the job's directory
 * @param afterwards what to do with the directory
 * @param outputs patterns to copy, often none
 * @param workingDirectory where the job ran and where its outputs are
 * @param workspace where the outputs are copied to, absolute; empty to only find them
 * @param array id of the array whose tasks' output is wanted; their files then have these names in the working
 *     directory. Empty for other outputs
 * @param fence where outputs may be read
 * @param bounds how much may be copied
 * @param askSpace whether to find out if the directory is full
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

    /** What to do with a job's directory. */
    public enum Afterwards {
        /** Remove it, because nobody needs it any more. */
        REMOVE,
        /** Keep it for people who want to look at it. The job succeeded. */
        KEEP_SUCCEEDED,
        /** Keep it for people who look for the cause. The job did not succeed. */
        KEEP_FAILED,
        /** Leave it unchanged, because it is still needed. */
        USE
    }

    /**
     * A request for the output of an array's tasks.
     *
     * @param array its id, without a cluster
     * @param workspace where it is copied to, absolute
     * @param bounds how much may be copied
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

    /** Name of the file with a task's output, as {@code sbatch} names it by default: {@code slurm-%A_%a.out}. */
    public static String taskFile(String array, String index) {
        return "slurm-" + array + "_" + index + ".out";
    }

    /** A request that only cleans up, for a job whose outputs nobody wants or which have been copied. */
    public static CollectRequest cleanUp(JobDirectory directory, Afterwards afterwards) {
        return withoutOutputs(directory, afterwards, false);
    }

    /** A request that only asks whether an ended job's directory is full, because that may be why the job failed. */
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
