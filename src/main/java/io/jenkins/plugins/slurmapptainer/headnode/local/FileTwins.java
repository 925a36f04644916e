package io.jenkins.plugins.slurmapptainer.headnode.local;

/**
 * Two files that had the same content when they were looked at.
 *
 * @param original the file that was copied
 * @param copy its copy
 */
record FileTwins(FileFacts original, FileFacts copy) {
    /** Whether nobody has written to either of them since. */
    boolean areStill(FileFacts one, FileFacts other) {
        return original.isUntouched(one) && copy.isUntouched(other);
    }

    FileTwins swapped() {
        return new FileTwins(copy, original);
    }
}
