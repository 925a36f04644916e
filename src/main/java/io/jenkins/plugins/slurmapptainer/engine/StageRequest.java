package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param directory the job directory to create
 * @param sharedDirectory a workspace below it is used in place
 * @param workspace absolute path, empty if the build has none
 * @param patterns what to stage
 * @param checksums whether copies are compared with the originals, and their checksums written down
 */
public record StageRequest(
        JobDirectory directory,
        String sharedDirectory,
        String workspace,
        ArrayList<FilePattern> patterns,
        boolean checksums)
        implements Serializable {

    /** Without checksums. */
    public StageRequest(
            JobDirectory directory, String sharedDirectory, String workspace, ArrayList<FilePattern> patterns) {
        this(directory, sharedDirectory, workspace, patterns, false);
    }
}
