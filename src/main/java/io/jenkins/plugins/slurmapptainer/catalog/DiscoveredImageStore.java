package io.jenkins.plugins.slurmapptainer.catalog;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import io.jenkins.plugins.slurmapptainer.image.DiscoveredImage;
import io.jenkins.plugins.slurmapptainer.image.DiscoveredImages;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanReport;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * What scans have found. It has a file of its own because it is large, changes by itself and can be made again. Safe
 * for several threads.
 */
@Extension
public final class DiscoveredImageStore {
    private static final Logger LOGGER = Logger.getLogger(DiscoveredImageStore.class.getName());
    private static final String FILE = "slurm-apptainer-images.xml";

    /** {@code null} until it is first asked for. A change puts another list in its place. */
    private volatile List<DiscoveredImage> images;

    public static DiscoveredImageStore get() {
        return ExtensionList.lookupSingleton(DiscoveredImageStore.class);
    }

    /** The file's content. Its field names are a file format. */
    private static final class Saved {
        private List<DiscoveredImage> images = new ArrayList<>();
    }

    /**
     * All images of all clusters, also those that are missing now. Returns the same list object until something
     * changes.
     */
    public List<DiscoveredImage> images() {
        List<DiscoveredImage> known = images;
        return known == null ? first() : known;
    }

    private synchronized List<DiscoveredImage> first() {
        if (images == null) {
            images = List.copyOf(load());
        }
        return images;
    }

    private static List<DiscoveredImage> load() {
        XmlFile file = file();
        try {
            if (file.exists() && file.read() instanceof Saved saved && saved.images != null) {
                return saved.images;
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the next scan makes it anew");
        }
        return List.of();
    }

    private static XmlFile file() {
        return new XmlFile(Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), FILE));
    }

    /**
     * Saves what a scan has found.
     *
     * @param answer has been checked, like every agent's answer
     * @throws IOException when it cannot be saved; nothing has changed then
     */
    public synchronized ScanReport update(String cluster, List<ScanRoot> roots, ScanAnswer answer) throws IOException {
        DiscoveredImages.Update update =
                DiscoveredImages.update(images(), cluster, roots, answer, System.currentTimeMillis());
        save(update.images());
        return update.report();
    }

    private void save(List<DiscoveredImage> all) throws IOException {
        Saved saved = new Saved();
        saved.images = new ArrayList<>(all);
        file().write(saved);
        images = List.copyOf(all);
    }
}
