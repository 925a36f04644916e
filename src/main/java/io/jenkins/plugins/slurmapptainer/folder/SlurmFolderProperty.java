package io.jenkins.plugins.slurmapptainer.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.Checks;
import io.jenkins.plugins.slurmapptainer.config.JobTemplate;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.VisibleTemplates;
import io.jenkins.plugins.slurmapptainer.image.EntryText;
import io.jenkins.plugins.slurmapptainer.image.ImagePolicy;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Which clusters and images the jobs in a folder and its subfolders may use, and which templates they see. Jenkins
 * makes it from a form or a file.
 */
public final class SlurmFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private String clusters;
    private String images;
    private List<JobTemplate> templates;
    private String policy;
    private String allowedRoots;

    @DataBoundConstructor
    public SlurmFolderProperty() {}

    /** Names or patterns of clusters, one a line; empty for no restriction. */
    @CheckForNull
    public String getClusters() {
        return clusters;
    }

    @DataBoundSetter
    public void setClusters(String clusters) {
        this.clusters = Util.fixEmptyAndTrim(clusters);
    }

    /** Ids or patterns of images, one a line; empty for no restriction. */
    @CheckForNull
    public String getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(String images) {
        this.images = Util.fixEmptyAndTrim(images);
    }

    /** Templates that the jobs in the folder see in addition to those of outer folders and the controller. */
    public List<JobTemplate> getTemplates() {
        return templates == null ? new ArrayList<>() : new ArrayList<>(templates);
    }

    @DataBoundSetter
    public void setTemplates(List<JobTemplate> templates) {
        this.templates = templates == null || templates.isEmpty() ? null : new ArrayList<>(templates);
    }

    /** {@code catalog}, {@code roots} or {@code any}, as in the catalog; {@code null} to inherit it. */
    @CheckForNull
    public String getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(String policy) {
        EntryText.word("policy", Util.fixNull(policy), ImagePolicy.Kind.class);
        this.policy = Util.fixEmptyAndTrim(policy);
    }

    /**
     * Directories below which builds may name paths, separated by commas or line breaks. They count with {@code roots}
     * only.
     */
    @CheckForNull
    public String getAllowedRoots() {
        return allowedRoots;
    }

    @DataBoundSetter
    public void setAllowedRoots(String allowedRoots) {
        this.allowedRoots = Util.fixEmptyAndTrim(allowedRoots);
    }

    /** What this folder allows, apart from the folders around it. */
    ImagePolicy policy() {
        return policy == null
                ? ImagePolicy.ANYTHING
                : new ImagePolicy(
                        EntryText.word("policy", policy, ImagePolicy.Kind.class),
                        EntryText.directories(Util.fixNull(allowedRoots)));
    }

    NamePatterns clusterPatterns() {
        return NamePatterns.of(Util.fixNull(clusters));
    }

    NamePatterns imagePatterns() {
        return NamePatterns.of(Util.fixNull(images));
    }

    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @Symbol("slurmUse")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "Slurm clusters, Apptainer images and templates";
        }

        /** A folder without settings gets no property. Templates that are not in order are not saved. */
        @Override
        public AbstractFolderProperty<?> newInstance(@CheckForNull StaplerRequest2 req, JSONObject formData)
                throws FormException {
            SlurmFolderProperty property = (SlurmFolderProperty) super.newInstance(req, formData);
            AbstractFolder<?> folder = req == null ? null : req.findAncestorObject(AbstractFolder.class);
            try {
                checkTemplates(folder, property.getTemplates());
            } catch (InvalidRequestException e) {
                throw new FormException(e.getMessage(), e, e.field());
            }
            boolean empty = property.clusters == null
                    && property.images == null
                    && property.policy == null
                    && property.templates == null;
            return empty ? null : property;
        }

        /**
         * Checks templates before a folder gets them.
         *
         * @param folder {@code null} if it is not known
         * @throws InvalidRequestException for the first that is not in order
         */
        private static void checkTemplates(@CheckForNull AbstractFolder<?> folder, List<JobTemplate> templates) {
            ItemGroup<?> outside = folder == null ? null : folder.getParent();
            VisibleTemplates.around(outside instanceof Item ? (Item) outside : null)
                    .around(templates.stream().map(JobTemplate::toTemplate).toList())
                    .check();
        }

        @POST
        public FormValidation doCheckClusters(@AncestorInPath Item folder, @QueryParameter String value) {
            Checks.checkMayConfigure(folder);
            List<String> names = SlurmGlobalConfiguration.get().getClusters().stream()
                    .map(SlurmCluster::getName)
                    .toList();
            return unmatched(value, names, "cluster");
        }

        @POST
        public ListBoxModel doFillPolicyItems(@AncestorInPath Item folder) {
            Checks.checkMayConfigure(folder);
            ListBoxModel items = new ListBoxModel();
            items.add("what the folders around it and the catalog allow", "");
            items.addAll(ImageCatalog.policyItems());
            return items;
        }

        @POST
        public FormValidation doCheckAllowedRoots(@AncestorInPath Item folder, @QueryParameter String value) {
            Checks.checkMayConfigure(folder);
            return Checks.of(() -> EntryText.directories(Util.fixNull(value)));
        }

        @POST
        public FormValidation doCheckImages(@AncestorInPath Item folder, @QueryParameter String value) {
            Checks.checkMayConfigure(folder);
            List<String> ids = ImageCatalog.get().list().all().stream()
                    .map(ImageRecord::id)
                    .toList();
            return unmatched(value, ids, "image");
        }

        private static FormValidation unmatched(String lines, Collection<String> names, String noun) {
            for (String pattern : NamePatterns.of(Util.fixNull(lines)).patterns()) {
                if (names.stream().noneMatch(NamePatterns.of(pattern)::allows)) {
                    return FormValidation.warning("No " + noun + " matches '" + Printable.of(pattern) + "'.");
                }
            }
            return FormValidation.ok();
        }
    }
}
