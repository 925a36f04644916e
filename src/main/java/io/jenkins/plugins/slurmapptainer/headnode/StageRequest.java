package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param directory the job directory to create
 * @param sharedDirectory a workspace below it is used in place
 * @param workspace absolute path, empty if the build has none
 * @param patterns what to stage
 * @param outputs where outputs will be looked for, if that is a directory by its path; empty otherwise
 * @param roots below which an administrator lets builds have outputs
 * @param checksums whether copies are compared with the originals, and their checksums written down
 */
public record StageRequest(
        JobDirectory directory,
        String sharedDirectory,
        String workspace,
        ArrayList<FilePattern> patterns,
        String outputs,
        ArrayList<String> roots,
        boolean checksums)
        implements Serializable {

    /** Only what the files go into. */
    StageRequest withoutFiles() {
        return new StageRequest(directory, sharedDirectory, "", new ArrayList<>(), outputs, roots, false);
    }

    /** Without outputs. */
    public StageRequest(
            JobDirectory directory,
            String sharedDirectory,
            String workspace,
            ArrayList<FilePattern> patterns,
            boolean checksums) {
        this(directory, sharedDirectory, workspace, patterns, "", new ArrayList<>(), checksums);
    }

    /** Without checksums and outputs. */
    public StageRequest(
            JobDirectory directory, String sharedDirectory, String workspace, ArrayList<FilePattern> patterns) {
        this(directory, sharedDirectory, workspace, patterns, "", new ArrayList<>(), false);
    }
}
