package io.jenkins.plugins.slurmapptainer.image;

import java.util.ArrayList;
import java.util.List;

/** What a scan has changed: bounded lists of paths, and how many there are of each kind. Not thread-safe while it is filled. */
public final class ScanReport {
    /** Paths that are named of each kind; more are only counted. */
    public static final int MAX_NAMED = 1_000;

    private final Paths added = new Paths();
    private final Paths changed = new Paths();
    private final Paths lost = new Paths();
    private final List<SkippedFile> skipped;
    private final int skippedCount;
    private int total;

    ScanReport(ScanAnswer answer) {
        skipped = List.copyOf(answer.skipped());
        skippedCount = Math.max(answer.skippedCount(), skipped.size());
    }

    void found(DiscoveredImage earlier, FoundImage now) {
        total++;
        if (earlier == null || earlier.isMissing()) {
            added.add(now.path());
        } else if (!earlier.stamp().equals(now.stamp())) {
            changed.add(now.path());
        }
    }

    /** An image that was missing before is not lost once more. */
    void gone(DiscoveredImage image) {
        if (!image.isMissing()) {
            lost.add(image.path());
        }
    }

    /** How many images the scan has seen. */
    public int total() {
        return total;
    }

    /** New files, and ones that were missing. */
    public Paths added() {
        return added;
    }

    /** Files of another size or time than before. */
    public Paths changed() {
        return changed;
    }

    /** Files that were there the last time. */
    public Paths lost() {
        return lost;
    }

    public List<SkippedFile> skipped() {
        return skipped;
    }

    public int skippedCount() {
        return skippedCount;
    }

    /** The figures in one line. */
    @Override
    public String toString() {
        return "found " + total + ": " + added.count() + " added, " + changed.count() + " changed, " + lost.count()
                + " missing; skipped " + skippedCount;
    }

    /** Paths, the first thousand of them named. */
    public static final class Paths {
        private final List<String> named = new ArrayList<>();
        private int count;

        private void add(String path) {
            count++;
            if (named.size() < MAX_NAMED) {
                named.add(path);
            }
        }

        public List<String> named() {
            return List.copyOf(named);
        }

        public int count() {
            return count;
        }
    }
}
