package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * Where the outputs of a job may be read. The reading process has other rights than the job. The job decides where it
 * works, and it can replace anything there by a link.
 *
 * @param directory the job's directory; its files and output belong to the job
 * @param workspace real path of a workspace that the job works in, from before the submission; empty if there is none
 * @param roots absolute paths of directories that an administrator allows for builds, with everything below them
 */
public record OutputFence(JobDirectory directory, String workspace, ArrayList<String> roots) implements Serializable {
    /** Allows only the job's own directories. */
    public static OutputFence of(JobDirectory directory) {
        return new OutputFence(directory, "", new ArrayList<>());
    }
}
