package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.engine.ByteText;
import java.io.IOException;
import java.nio.file.FileStore;

/** Room for files, in words. */
final class DiskSpace {
    static final String REMEDY = "make room there, or attach less";

    private DiskSpace() {}

    /** For example {@code 1.1 GB of 10.0 GB are free}. */
    static String free(FileStore store) throws IOException {
        return ByteText.of(store.getUsableSpace()) + " of " + ByteText.of(store.getTotalSpace()) + " are free";
    }

    /** Whether there was no room. Java has no exception of its own for that, only the operating system's words. */
    static boolean isFull(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }
}
