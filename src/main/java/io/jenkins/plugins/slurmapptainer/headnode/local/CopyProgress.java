package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.ByteText;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reports the progress of copying files every ten seconds. Safe for several threads. */
final class CopyProgress {
    private static final long EVERY_MILLIS = 10_000;

    private final int allFiles;
    private final long allBytes;
    private final Consumer<String> lines;
    private final LongSupplier clock;
    private final long begin;
    private long told;
    private int files;
    private long bytes;

    /** @param clock gives milliseconds */
    CopyProgress(int allFiles, long allBytes, Consumer<String> lines, LongSupplier clock) {
        this.allFiles = allFiles;
        this.allBytes = allBytes;
        this.lines = lines;
        this.clock = clock;
        begin = clock.getAsLong();
        told = begin;
    }

    synchronized void fileDone() {
        files++;
        tell();
    }

    synchronized void bytesDone(long number) {
        bytes += number;
        tell();
    }

    private void tell() {
        long now = clock.getAsLong();
        if (now - told >= EVERY_MILLIS) {
            told = now;
            long rate = 1000 * bytes / Math.max(1, now - begin);
            lines.accept("Staging: " + text() + ", " + ByteText.of(rate) + "/s");
        }
    }

    /** For example {@code 3 of 20 files, 1.2 GB of 4.0 GB}. */
    synchronized String text() {
        return files + " of " + allFiles + " files, " + ByteText.of(bytes) + " of " + ByteText.of(allBytes);
    }
}
