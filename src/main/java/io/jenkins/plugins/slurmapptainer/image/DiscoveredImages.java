package io.jenkins.plugins.slurmapptainer.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The results of scans: how a new result changes what is known, and which images follow from it. Safe for several
 * threads.
 */
public final class DiscoveredImages {
    /**
     * How many missing images of one cluster are remembered. If there are more, those that went missing last are kept.
     */
    static final int MAX_MISSING = 10_000;

    private DiscoveredImages() {}

    /**
     * What is known after a scan of one cluster. A file keeps its id. A file that has gone is kept as missing.
     *
     * @param known images of all clusters
     * @param answer has been checked, like every agent's answer
     * @param now milliseconds since 1970
     */
    public static Update update(
            Collection<DiscoveredImage> known, String cluster, List<ScanRoot> roots, ScanAnswer answer, long now) {
        Map<String, DiscoveredImage> before = new LinkedHashMap<>();
        List<DiscoveredImage> after = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Map<String, String> idsElsewhere = new HashMap<>();
        for (DiscoveredImage image : known) {
            if (image.cluster().equals(cluster)) {
                before.put(image.path(), image);
                ids.add(image.id());
            } else {
                after.add(image);
                idsElsewhere.put(image.path(), image.id());
            }
        }
        ids.addAll(idsElsewhere.values());
        ScanReport report = new ScanReport(answer);
        for (FoundImage found : answer.images()) {
            DiscoveredImage earlier = before.remove(found.path());
            String id = earlier != null ? earlier.id() : idsElsewhere.get(found.path());
            if (id == null) {
                id = ImageIds.free(ImageIds.ofStem(stem(found)), found.type(), ids);
                ids.add(id);
            }
            after.add(DiscoveredImage.of(id, cluster, found, earlier));
            report.found(earlier, found);
        }
        List<DiscoveredImage> missing = new ArrayList<>();
        for (DiscoveredImage gone : before.values()) {
            if (isUnder(gone.path(), answer.unread())) {
                after.add(gone);
            } else if (roots.stream().anyMatch(root -> root.contains(gone.path()))) {
                missing.add(gone.missingSince(now));
                report.gone(gone);
            }
        }
        missing.sort(Comparator.comparingLong((DiscoveredImage image) -> image.missingSince())
                .reversed());
        after.addAll(missing.subList(0, Math.min(MAX_MISSING, missing.size())));
        return new Update(after, report);
    }

    private static String stem(FoundImage found) {
        return found.version().isEmpty() ? found.family() : found.family() + "_" + found.version();
    }

    private static boolean isUnder(String path, List<String> directories) {
        return directories.stream()
                .anyMatch(directory -> path.equals(directory) || new ScanRoot(directory, "").contains(path));
    }

    /**
     * The images as the catalog shows them. A file that several clusters have is one image. It is missing only if it is
     * missing on all.
     *
     * @param known what scans have found
     */
    public static List<ImageRecord> records(Collection<DiscoveredImage> known) {
        Map<String, List<DiscoveredImage>> byPath = known.stream()
                .collect(Collectors.groupingBy(DiscoveredImage::path, LinkedHashMap::new, Collectors.toList()));
        return byPath.values().stream().map(DiscoveredImages::record).collect(Collectors.toList());
    }

    private static ImageRecord record(List<DiscoveredImage> same) {
        List<DiscoveredImage> there =
                same.stream().filter(image -> !image.isMissing()).collect(Collectors.toList());
        List<DiscoveredImage> shown = there.isEmpty() ? same : there;
        return shown.get(0)
                .toRecord(shown.stream().map(DiscoveredImage::cluster).collect(Collectors.toList()));
    }

    /** The files that need no inspection unless they change. The key is the path. */
    public static HashMap<String, FileStamp> inspected(Collection<DiscoveredImage> known, String cluster) {
        HashMap<String, FileStamp> stamps = new HashMap<>();
        for (DiscoveredImage image : known) {
            if (image.cluster().equals(cluster) && image.isInspected()) {
                stamps.put(image.path(), image.stamp());
            }
        }
        return stamps;
    }

    /**
     * @param images of all clusters
     * @param report about the scanned one
     */
    public record Update(List<DiscoveredImage> images, ScanReport report) {}
}
