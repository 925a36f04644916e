package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.ScanLimits;
import io.jenkins.plugins.slurmapptainer.image.SkippedFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a scan leaves out. Safe for several threads. */
final class ScanNotes {
    private final ArrayList<SkippedFile> skipped = new ArrayList<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private final ScanLimits limits;
    private int count;

    ScanNotes(ScanLimits limits) {
        this.limits = limits;
    }

    /** Notes a file or directory that is known to be no image. */
    synchronized void skip(String path, String reason) {
        count++;
        if (skipped.size() < limits.skipped()) {
            skipped.add(new SkippedFile(printable(path), reason));
        }
    }

    /** Notes a file or directory that could not be examined. */
    synchronized void unread(String path, String reason) {
        skip(path, reason);
        // If there are too many to name, the root stands for all: then nothing is known about images that were not
        // found.
        unread.add(unread.size() < limits.skipped() ? path : "/");
    }

    private static String printable(String path) {
        String line = path.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }

    synchronized ArrayList<SkippedFile> skipped() {
        return new ArrayList<>(skipped);
    }

    synchronized ArrayList<String> unread() {
        return new ArrayList<>(unread);
    }

    synchronized int count() {
        return count;
    }
}
