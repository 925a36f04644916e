package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * A request to receive files.
 *
 * @param directory absolute path; created if it does not exist
 * @param alone whether the directory must contain nothing else, before and after a failure
 * @param files number of files
 * @param bytes their total size when they were selected
 */
public record ReceiveRequest(String directory, boolean alone, int files, long bytes) implements Serializable {
    /** The most bytes that are accepted. */
    public long most() {
        return GrowthRoom.with(bytes);
    }
}
