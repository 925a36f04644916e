package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.OutputLimits;
import java.io.Serializable;

/**
 * How much may be copied as outputs of one job.
 *
 * @param cluster the cluster with the limits, for messages
 * @param bytes total size of all files, 0 for no limit
 * @param files number of files, 0 for no limit
 * @param inPlace whether files that stay where they are also count, because they are archived
 */
public record OutputBounds(String cluster, long bytes, int files, boolean inPlace) implements Serializable {
    public static final OutputBounds NONE = new OutputBounds("", 0, 0, false);

    /** The limits of a cluster. */
    public static OutputBounds of(String cluster, OutputLimits limits, boolean archived) {
        Integer files = limits.files();
        return new OutputBounds(cluster, limits.bytes(), files == null ? 0 : files, archived);
    }
}
