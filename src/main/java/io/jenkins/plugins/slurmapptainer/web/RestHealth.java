package io.jenkins.plugins.slurmapptainer.web;

import io.jenkins.plugins.slurmapptainer.catalog.ImagePermissions;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.image.ImageList;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Whether the catalog can be read and its clusters can be reached. The names are an interface: they never change. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class RestHealth {
    private final ImageList images;
    private final List<Cluster> clusters;
    private final boolean named;

    RestHealth(ImageList images) {
        this.images = images;
        this.clusters = SlurmGlobalConfiguration.get().getClusters().stream()
                .map(Cluster::new)
                .collect(Collectors.toList());
        this.named = Jenkins.get().hasPermission(ImagePermissions.SCAN)
                || Jenkins.get().hasPermission(Jenkins.SYSTEM_READ);
    }

    /** {@code ok}, or {@code degraded} if a cluster has no head node online. */
    @Exported
    public String getStatus() {
        return clusters.stream().allMatch(Cluster::isOnline) ? "ok" : "degraded";
    }

    /** How many images the caller may see. */
    @Exported
    public int getImages() {
        return images.all().size();
    }

    /** The clusters: all of them for users who manage Jenkins, otherwise those of images that the user may see. */
    @Exported(inline = true)
    public List<Cluster> getClusters() {
        Set<String> seen = images.all().stream()
                .flatMap(image -> image.origin().clusters().stream())
                .collect(Collectors.toSet());
        return clusters.stream()
                .filter(cluster -> named || seen.contains(cluster.getName()))
                .collect(Collectors.toList());
    }

    /** One cluster. */
    @ExportedBean(defaultVisibility = 2)
    @Restricted(NoExternalUse.class)
    public static final class Cluster {
        private final SlurmCluster cluster;

        Cluster(SlurmCluster cluster) {
            this.cluster = cluster;
        }

        @Exported
        public String getName() {
            return cluster.getName();
        }

        /** Whether one of its head nodes is connected. */
        @Exported
        public boolean isOnline() {
            try {
                cluster.headNodes().anyImageFiles();
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
