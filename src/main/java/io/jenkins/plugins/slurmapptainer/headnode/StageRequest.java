package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * A request to create a job directory and to put files into it.
 *
 * @param directory the job directory to create
 * @param sharedDirectory a workspace below this directory is used in place
 * @param workspace absolute path, empty if the build has none
 * @param patterns the files to stage
 * @param outputs the directory that the outputs will be in, if it is given by its path; otherwise empty
 * @param roots directories in which an administrator allows outputs
 * @param checksums whether to compare copies with the originals and to write down their checksums
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

    /** The same without files: it only creates the directory. */
    StageRequest withoutFiles() {
        return new StageRequest(directory, sharedDirectory, "", new ArrayList<>(), outputs, roots, false);
    }

    /** A request without outputs. */
    public StageRequest(
            JobDirectory directory,
            String sharedDirectory,
            String workspace,
            ArrayList<FilePattern> patterns,
            boolean checksums) {
        this(directory, sharedDirectory, workspace, patterns, "", new ArrayList<>(), checksums);
    }

    /** A request without checksums and outputs. */
    public StageRequest(
            JobDirectory directory, String sharedDirectory, String workspace, ArrayList<FilePattern> patterns) {
        this(directory, sharedDirectory, workspace, patterns, "", new ArrayList<>(), false);
    }
}
