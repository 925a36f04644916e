package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * Where the outputs of a job may be read. Whoever reads them has other rights than the job, and the job says where it works and may
 * put a link in the place of anything.
 *
 * @param directory of the job: the files and the output that lie there are its own
 * @param workspace real path, before the job was submitted, of a workspace that the job works in; empty if there is none
 * @param roots absolute paths of directories that an administrator lets builds use, with all that is below
 */
public record OutputFence(JobDirectory directory, String workspace, ArrayList<String> roots) implements Serializable {
    /** The job's own directories only. */
    public static OutputFence of(JobDirectory directory) {
        return new OutputFence(directory, "", new ArrayList<>());
    }
}
