package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param directory absolute path
 * @param names files below it
 * @param fence where outputs of a job may be read; {@code null} for files of a workspace
 */
public record SendRequest(
        String directory,
        ArrayList<String> names,
        @CheckForNull OutputFence fence) implements Serializable {
    /** Files of a workspace. */
    public static SendRequest ofWorkspace(String path, ArrayList<String> names) {
        return new SendRequest(path, names, null);
    }
}
