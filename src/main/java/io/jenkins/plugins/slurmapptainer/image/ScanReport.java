package io.jenkins.plugins.slurmapptainer.image;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scan has changed: lists of paths with a limit, and how many there are of each kind. Not safe for several
 * threads while it is filled.
 */
public final class ScanReport {
    /** The most paths of each kind that are named. Further ones are only counted. */
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

    /** Counts an image that is gone, unless it was missing before. */
    void gone(DiscoveredImage image) {
        if (!image.isMissing()) {
            lost.add(image.path());
        }
    }

    /** How many images the scan has seen. */
    public int total() {
        return total;
    }

    /** New files, and files that were missing. */
    public Paths added() {
        return added;
    }

    /** Files whose size or time has changed. */
    public Paths changed() {
        return changed;
    }

    /** Files that were there at the last scan. */
    public Paths lost() {
        return lost;
    }

    public List<SkippedFile> skipped() {
        return skipped;
    }

    public int skippedCount() {
        return skippedCount;
    }

    /** All counts in one line. */
    @Override
    public String toString() {
        return "found " + total + ": " + added.count() + " added, " + changed.count() + " changed, " + lost.count()
                + " missing; skipped " + skippedCount;
    }

    /** A list of paths. The first thousand are named. */
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
