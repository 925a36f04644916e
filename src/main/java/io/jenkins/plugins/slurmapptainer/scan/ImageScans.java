package io.jenkins.plugins.slurmapptainer.scan;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Computer;
import io.jenkins.plugins.slurmapptainer.catalog.DiscoveredImageStore;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.catalog.ImageDirectory;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.image.DiscoveredImages;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanLimits;
import io.jenkins.plugins.slurmapptainer.image.ScanReport;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The scans of this controller. Each cluster has at most one at a time. The last fifty are remembered. Safe for several
 * threads.
 */
@Extension
public final class ImageScans {
    private static final int REMEMBERED = 50;
    private static final Logger LOGGER = Logger.getLogger(ImageScans.class.getName());

    private final Deque<ImageScan> scans = new ArrayDeque<>();
    private int count;

    public static ImageScans get() {
        return ExtensionList.lookupSingleton(ImageScans.class);
    }

    /** Names of the clusters that have directories to scan. */
    public Set<String> clusters() {
        Set<String> names = new LinkedHashSet<>();
        for (ImageDirectory directory : ImageCatalog.get().getDirectories()) {
            try {
                names.add(SlurmGlobalConfiguration.get()
                        .cluster(Util.fixNull(directory.getCluster()))
                        .getName());
            } catch (InvalidRequestException e) {
                LOGGER.log(
                        Level.FINE, "directory {0} of images: {1}", new Object[] {directory.getPath(), e.getMessage()});
            }
        }
        return names;
    }

    /**
     * Starts a scan and returns at once. If the cluster is already being scanned, returns that scan.
     *
     * @param cluster its name, empty for the only one
     * @param cause who or what starts it, in words
     * @throws InvalidRequestException when there is no such cluster, or it has no directories
     */
    public ImageScan start(String cluster, String cause) {
        SlurmCluster chosen = SlurmGlobalConfiguration.get().cluster(cluster);
        ArrayList<ScanRoot> roots = roots(chosen);
        ImageScan scan;
        synchronized (this) {
            Optional<ImageScan> running = scans.stream()
                    .filter(other ->
                            other.cluster().equals(chosen.getName()) && other.state() == ImageScan.State.RUNNING)
                    .findFirst();
            if (running.isPresent()) {
                return running.get();
            }
            scan = new ImageScan(++count, chosen.getName(), cause);
            scans.addFirst(scan);
            if (scans.size() > REMEMBERED) {
                scans.removeLast();
            }
        }
        Computer.threadPoolForRemoting.execute(() -> run(scan, chosen, roots));
        return scan;
    }

    private static ArrayList<ScanRoot> roots(SlurmCluster cluster) {
        ArrayList<ScanRoot> roots = new ArrayList<>();
        for (ImageDirectory directory : ImageCatalog.get().getDirectories()) {
            String name = Util.fixNull(directory.getCluster());
            if (name.equals(cluster.getName())
                    || name.isEmpty()
                            && SlurmGlobalConfiguration.get().getClusters().size() == 1) {
                roots.add(directory.toRoot());
            }
        }
        if (roots.isEmpty()) {
            throw new InvalidRequestException(
                    "cluster",
                    "no directory is configured for images of '" + cluster.getName()
                            + "'; an administrator adds one in Manage Jenkins, System");
        }
        return roots;
    }

    private static void run(ImageScan scan, SlurmCluster cluster, ArrayList<ScanRoot> roots) {
        try {
            DiscoveredImageStore store = DiscoveredImageStore.get();
            ScanRequest request = new ScanRequest(
                    roots,
                    cluster.getApptainer(),
                    DiscoveredImages.inspected(store.images(), cluster.getName()),
                    ScanLimits.DEFAULTS);
            ScanAnswer answer = cluster.headNodes().anyImageFiles().scan(request, scan::say);
            ScanReport report = store.update(cluster.getName(), roots, answer);
            scan.done(report);
            LOGGER.log(Level.INFO, "scan of cluster {0}: {1}", new Object[] {cluster.getName(), report});
        } catch (IOException | RuntimeException | Error e) {
            scan.failed(e.getMessage() == null ? e.toString() : e.getMessage());
            LOGGER.log(Level.WARNING, e, () -> "scan of cluster " + cluster.getName() + " failed");
        } catch (InterruptedException e) {
            scan.failed("interrupted");
            Thread.currentThread().interrupt();
        }
    }

    /** The scan with this number, if it is remembered. */
    public synchronized Optional<ImageScan> find(int id) {
        return scans.stream().filter(scan -> scan.id() == id).findFirst();
    }

    /** The remembered scans, newest first. */
    public synchronized List<ImageScan> all() {
        return Collections.unmodifiableList(new ArrayList<>(scans));
    }

    /** The newest scan of a cluster, if there is one. */
    public synchronized Optional<ImageScan> last(String cluster) {
        return scans.stream().filter(scan -> scan.cluster().equals(cluster)).findFirst();
    }
}
