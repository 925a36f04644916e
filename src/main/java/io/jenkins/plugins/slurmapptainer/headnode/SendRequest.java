package io.jenkins.plugins.slurmapptainer.headnode;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param directory absolute path
 * @param names files below it
 * @param bytes their total size when they were looked at
 * @param fence where outputs of a job may be read; {@code null} for files of a workspace
 */
public record SendRequest(
        String directory,
        ArrayList<String> names,
        long bytes,
        @CheckForNull OutputFence fence) implements Serializable {
    /** Files of a workspace. */
    public static SendRequest ofWorkspace(String path, ArrayList<String> names, long bytes) {
        return new SendRequest(path, names, bytes, null);
    }

    /** How many bytes of files are sent at most: the other end takes no more. */
    public long most() {
        return GrowthRoom.with(bytes);
    }
}
