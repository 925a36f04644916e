package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.script.Export;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * What was staged.
 *
 * @param workingDirectory where the files are: the staging directory, or the workspace if that is shared
 * @param exports the variables with the files' paths
 * @param files number of files
 * @param bytes their total size
 * @param copied whether they were copied
 * @param notes lines for the console about the files
 */
public record StageAnswer(
        String workingDirectory,
        ArrayList<Export> exports,
        int files,
        long bytes,
        boolean copied,
        ArrayList<String> notes)
        implements Serializable {
    /** Staged files without notes. */
    public StageAnswer(String workingDirectory, ArrayList<Export> exports, int files, long bytes, boolean copied) {
        this(workingDirectory, exports, files, bytes, copied, new ArrayList<>());
    }
}
