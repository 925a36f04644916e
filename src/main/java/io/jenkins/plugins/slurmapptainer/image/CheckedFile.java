package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * What a check has found out about a file as it was then.
 *
 * @param stamp of the file
 * @param changed when anything about the file was changed last, by the clock of its file system, milliseconds since 1970:
 *     other than the time in the stamp, nobody can set this one
 * @param sha256 digest of its content, empty if it was not asked for
 * @param signedBy fingerprint of the key whose signature was found good, empty if none was asked for
 */
public record CheckedFile(FileStamp stamp, long changed, String sha256, String signedBy) implements Serializable {
    /** Whether nobody has written to the file since, or put another one in its place. */
    public boolean isUntouched(CheckedFile later) {
        return stamp.equals(later.stamp) && changed == later.changed;
    }
}
