package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.script.Export;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param workingDirectory where the files are: the staging directory, or the workspace if that is shared
 * @param exports the variables that name the files
 * @param files number of files
 * @param bytes their total size
 * @param copied whether they were copied
 * @param notes about them, for the console
 */
public record StageAnswer(
        String workingDirectory,
        ArrayList<Export> exports,
        int files,
        long bytes,
        boolean copied,
        ArrayList<String> notes)
        implements Serializable {
    /** Files of which there is nothing to say. */
    public StageAnswer(String workingDirectory, ArrayList<Export> exports, int files, long bytes, boolean copied) {
        this(workingDirectory, exports, files, bytes, copied, new ArrayList<>());
    }
}
