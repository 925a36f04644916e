package io.jenkins.plugins.slurmapptainer.headnode;

/** Adds room for files that grow between their selection and their copy. */
final class GrowthRoom {
    private static final long LEAST = 16L << 20;
    private static final int PART = 8;

    private GrowthRoom() {}

    /**
     * @param bytes total size when the files were selected
     * @return the largest total size when they are copied
     */
    static long with(long bytes) {
        long room = Math.max(LEAST, bytes / PART);
        return bytes > Long.MAX_VALUE - room ? Long.MAX_VALUE : bytes + room;
    }
}
