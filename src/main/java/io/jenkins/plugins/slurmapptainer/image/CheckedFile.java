package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * What a check has found out about a file at that time.
 *
 * @param stamp size and time of the file
 * @param changed when anything about the file last changed (ctime), in milliseconds since 1970 by the clock of its file
 *     system; unlike the time in the stamp, nobody can set this one
 * @param sha256 digest of its content, empty if it was not requested
 * @param signedBy fingerprint of the key with a good signature, empty if none was requested
 */
public record CheckedFile(FileStamp stamp, long changed, String sha256, String signedBy) implements Serializable {
    /** Whether the file has been neither changed nor replaced since. */
    public boolean isUntouched(CheckedFile later) {
        return stamp.equals(later.stamp) && changed == later.changed;
    }
}
