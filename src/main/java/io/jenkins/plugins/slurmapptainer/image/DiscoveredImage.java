package io.jenkins.plugins.slurmapptainer.image;

import java.util.List;
import java.util.TreeMap;

/**
 * An image that a scan of a cluster has found, as it is saved between scans. Immutable. Its field names are a file
 * format.
 */
public final class DiscoveredImage {
    private final String id;
    private final String cluster;
    private final String path;
    private final String type;
    private final String version;
    private final long size;
    private final long modified;
    private final boolean inspected;
    private final long built;
    private final TreeMap<String, String> labels;
    /** When it was first missing, in milliseconds since 1970; 0 while it is there. */
    private final long missingSince;

    private DiscoveredImage(
            String id,
            String cluster,
            FoundImage found,
            boolean inspected,
            FoundImage.Inspection inspection,
            long missingSince) {
        this.id = id;
        this.cluster = cluster;
        this.path = found.path();
        this.type = found.type();
        this.version = found.version();
        this.size = found.stamp().size();
        this.modified = found.stamp().modified();
        this.inspected = inspected;
        this.built = inspection.built();
        this.labels = new TreeMap<>(inspection.labels());
        this.missingSince = missingSince;
    }

    /**
     * Makes the saved form of a found image.
     *
     * @param before what was known about the same file, or {@code null}
     */
    static DiscoveredImage of(String id, String cluster, FoundImage found, DiscoveredImage before) {
        FoundImage.Inspection inspection = found.inspection();
        if (inspection != null) {
            return new DiscoveredImage(id, cluster, found, true, inspection, 0);
        }
        boolean same = before != null && before.stamp().equals(found.stamp());
        FoundImage.Inspection known = same ? before.inspection() : new FoundImage.Inspection(0, new TreeMap<>());
        return new DiscoveredImage(id, cluster, found, same && before.inspected, known, 0);
    }

    /** The same image, missing since the given time in milliseconds since 1970. */
    DiscoveredImage missingSince(long time) {
        FoundImage found = new FoundImage(path, type, "", version, stamp(), inspection());
        return new DiscoveredImage(
                id, cluster, found, inspected, inspection(), missingSince == 0 ? time : missingSince);
    }

    private FoundImage.Inspection inspection() {
        return new FoundImage.Inspection(built, labels);
    }

    public String id() {
        return id;
    }

    public String cluster() {
        return cluster;
    }

    public String path() {
        return path;
    }

    public FileStamp stamp() {
        return new FileStamp(size, modified);
    }

    /** Whether the labels of the file in its current state have been read. */
    public boolean isInspected() {
        return inspected;
    }

    long missingSince() {
        return missingSince;
    }

    public boolean isMissing() {
        return missingSince > 0;
    }

    /** The image as the catalog shows it. */
    ImageRecord toRecord(List<String> clusters) {
        ImageFile file = new ImageFile(size, modified, built, inspection().labels());
        return new ImageRecord(id, path.substring(path.lastIndexOf('/') + 1), path, type, version)
                .with(file)
                .with(new Origin(false, clusters, isMissing()));
    }
}
