package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param directory of the ended job
 * @param keep whether the directory stays, for its outputs or for whoever looks for the cause of a failure
 * @param outputs what to copy, usually nothing
 * @param workingDirectory where the job ran and the outputs are
 * @param workspace where they belong, absolute
 */
public record CollectRequest(
        JobDirectory directory, boolean keep, ArrayList<FilePattern> outputs, String workingDirectory, String workspace)
        implements Serializable {

    /** Cleans up after a job whose outputs nobody wants, or has already. */
    public static CollectRequest cleanUp(JobDirectory directory, boolean keep) {
        return new CollectRequest(directory, keep, new ArrayList<>(), "", "");
    }
}
