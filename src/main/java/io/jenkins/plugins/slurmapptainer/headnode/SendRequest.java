package io.jenkins.plugins.slurmapptainer.headnode;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * A request to send files.
 *
 * @param directory absolute path
 * @param names files below it
 * @param bytes their total size when they were selected
 * @param fence where outputs of a job may be read; {@code null} for files of a workspace
 */
public record SendRequest(
        String directory,
        ArrayList<String> names,
        long bytes,
        @CheckForNull OutputFence fence) implements Serializable {
    /** A request for files of a workspace. */
    public static SendRequest ofWorkspace(String path, ArrayList<String> names, long bytes) {
        return new SendRequest(path, names, bytes, null);
    }

    /** The most bytes that are sent. The other machine accepts no more. */
    public long most() {
        return GrowthRoom.with(bytes);
    }
}
