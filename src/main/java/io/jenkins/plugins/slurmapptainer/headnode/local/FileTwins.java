package io.jenkins.plugins.slurmapptainer.headnode.local;

/**
 * Two files that had the same content when they were looked at.
 *
 * @param original what was copied
 * @param copy what it was copied to
 */
record FileTwins(FileFacts original, FileFacts copy) {
    /** Nobody has written to either of them since. */
    boolean areStill(FileFacts one, FileFacts other) {
        return original.isUntouched(one) && copy.isUntouched(other);
    }

    FileTwins swapped() {
        return new FileTwins(copy, original);
    }
}
