package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * @param directory absolute path, created if it is not there
 * @param alone whether nothing else is to be in the directory, before and after a failure
 * @param files number of files to come
 * @param bytes their total size when they were looked at
 */
public record ReceiveRequest(String directory, boolean alone, int files, long bytes) implements Serializable {
    /** How many bytes of files are taken at most. */
    public long most() {
        return GrowthRoom.with(bytes);
    }
}
