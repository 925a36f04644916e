package io.jenkins.plugins.slurmapptainer.catalog;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.config.Checks;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.image.FileLayouts;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A directory on a cluster's head nodes that scans search for images. Jenkins makes it from a form or a file; it does
 * not change afterwards.
 */
public final class ImageDirectory implements Describable<ImageDirectory> {
    private final String path;
    private String cluster;
    private String layouts;

    /** @param path absolute path, the same on head nodes and compute nodes */
    @DataBoundConstructor
    public ImageDirectory(String path) {
        this.path = Util.fixNull(path).trim().replaceFirst("(?<=.)/+$", "");
    }

    public String getPath() {
        return path;
    }

    /** Name of the cluster, {@code null} for the only one. */
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = Util.fixEmptyAndTrim(cluster);
    }

    /** How files below the directory are named, as {@link FileLayouts} reads it. */
    public String getLayouts() {
        return layouts == null ? FileLayouts.USUAL : layouts;
    }

    @DataBoundSetter
    public void setLayouts(String layouts) {
        String text = Util.fixEmptyAndTrim(layouts);
        this.layouts = FileLayouts.USUAL.equals(text) ? null : text;
    }

    /**
     * What a scan needs to know about it.
     *
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException when path or layouts are not acceptable
     */
    public ScanRoot toRoot() {
        ImageRecord.checkPath(path);
        FileLayouts.parse(getLayouts());
        return new ScanRoot(path, getLayouts());
    }

    @Extension
    @Symbol("apptainerImageDirectory")
    public static final class DescriptorImpl extends Descriptor<ImageDirectory> {
        @Override
        public String getDisplayName() {
            return "Directory of Apptainer images";
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
            return Checks.of(() -> ImageRecord.checkPath(new ImageDirectory(value).getPath()));
        }

        @POST
        public ComboBoxModel doFillClusterItems() {
            Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
            return new ComboBoxModel(clusters());
        }

        @POST
        public FormValidation doCheckCluster(@QueryParameter String value) {
            Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
            List<String> names = clusters();
            String name = Util.fixNull(value).trim();
            if (name.isEmpty()) {
                return names.size() > 1
                        ? FormValidation.error("There are several clusters; choose one.")
                        : FormValidation.ok();
            }
            return names.contains(name)
                    ? FormValidation.ok()
                    : FormValidation.warning("There is no cluster '" + Printable.of(name) + "'.");
        }

        private static List<String> clusters() {
            return SlurmGlobalConfiguration.get().getClusters().stream()
                    .map(SlurmCluster::getName)
                    .toList();
        }

        @POST
        public FormValidation doCheckLayouts(@QueryParameter String value) {
            Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
            return value.isBlank() ? FormValidation.ok() : Checks.of(() -> FileLayouts.parse(value));
        }
    }
}
