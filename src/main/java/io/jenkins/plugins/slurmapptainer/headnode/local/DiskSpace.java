package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Describes free space for files, and finds out whether there is none. */
final class DiskSpace {
    static final String REMEDY = "make room there, or attach less";

    private static final String NO_SPACE = "No space left on device";
    private static final String QUOTA = "Disk quota exceeded";
    /** Twice the space that a job reserves for the record of its end. */
    private static final int PROBE_BYTES = 512 * 1024;
    /** If this much is free, missing bytes are not the problem. */
    private static final long ENOUGH = 1 << 20;

    private DiskSpace() {}

    /** For example {@code 1.1 GB of 10.0 GB are free}. */
    static String free(FileStore store) throws IOException {
        return ByteText.of(store.getUsableSpace()) + " of " + ByteText.of(store.getTotalSpace()) + " are free";
    }

    /** Whether a write failed for lack of room. Java only has the operating system's text for that. */
    static boolean isFull(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains(NO_SPACE) || text.contains(QUOTA);
    }

    /**
     * Describes how little room there is, for example {@code no space left: 0 bytes of 10.0 GB are free on /shared}.
     *
     * @param full the failure of a write; see {@link #isFull}
     * @param where an existing file or directory of that file system
     */
    static String words(IOException full, Path where) throws IOException {
        FileStore store = Files.getFileStore(where);
        String free = free(store) + " on " + where;
        if (String.valueOf(full.getMessage()).contains(QUOTA)) {
            return "no space left: the disk quota is used up (quota -s), though " + free;
        }
        return "no space left: " + free
                + (store.getUsableSpace() > ENOUGH ? ", but perhaps no more files are possible (df -i)" : "");
    }

    /**
     * Finds out by a write whether a directory is full. A write also shows a quota.
     *
     * @return the text of {@link #words}; empty if there is room or something else is wrong
     */
    static String missing(JobDirectory directory) throws IOException {
        try {
            // A full disk with compression would still take zeros.
            byte[] noise = new byte[PROBE_BYTES];
            ThreadLocalRandom.current().nextBytes(noise);
            new JobStore(directory.root()).probe(directory.path(), noise);
            return "";
        } catch (IOException e) {
            return isFull(e) ? words(e, Path.of(directory.path())) : "";
        }
    }
}
