package io.jenkins.plugins.slurmapptainer.catalog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.config.Checks;
import io.jenkins.plugins.slurmapptainer.config.UseRestriction;
import io.jenkins.plugins.slurmapptainer.image.DeclaredImage;
import io.jenkins.plugins.slurmapptainer.image.DiscoveredImage;
import io.jenkins.plugins.slurmapptainer.image.DiscoveredImages;
import io.jenkins.plugins.slurmapptainer.image.EntryText;
import io.jenkins.plugins.slurmapptainer.image.ImageList;
import io.jenkins.plugins.slurmapptainer.image.ImagePolicy;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The images that builds may use: those that an administrator declares, and those that scans find. Forms change it like
 * any configuration; every thread may ask it. Pages use {@link #visible}, because {@link #list} checks no permission.
 */
@Extension
@Symbol("apptainerImageCatalog")
public final class ImageCatalog extends GlobalConfiguration implements PersistentDescriptor {
    /** Minutes between scans when nothing else is set. */
    public static final int DEFAULT_SCAN_MINUTES = 60;

    private static final int MAX_SCAN_MINUTES = 7 * 24 * 60;
    private static final Logger LOGGER = Logger.getLogger(ImageCatalog.class.getName());

    private List<CatalogImage> images = new ArrayList<>();
    private List<ImageDirectory> directories = new ArrayList<>();
    private int scanMinutes = DEFAULT_SCAN_MINUTES;
    private String policy;
    private String allowedRoots;

    /** Made at the first question after a change. */
    private transient volatile Merged merged;

    /** How often the configuration has changed. */
    private final transient AtomicInteger changes = new AtomicInteger();

    /**
     * All images, with the state that they were made from.
     *
     * @param change the number of the configuration's last change
     * @param discovered what scans had found
     */
    private record Merged(int change, List<DiscoveredImage> discovered, ImageList list) {
        boolean isOf(int lastChange, List<DiscoveredImage> found) {
            return change == lastChange && discovered == found;
        }
    }

    public static ImageCatalog get() {
        return ExtensionList.lookupSingleton(ImageCatalog.class);
    }

    public List<CatalogImage> getImages() {
        return new ArrayList<>(images);
    }

    @DataBoundSetter
    public void setImages(List<CatalogImage> images) {
        this.images = new ArrayList<>(images == null ? List.of() : images);
        save();
    }

    /** The directories that scans search. */
    public List<ImageDirectory> getDirectories() {
        return new ArrayList<>(directories);
    }

    @DataBoundSetter
    public void setDirectories(List<ImageDirectory> directories) {
        this.directories = new ArrayList<>(directories == null ? List.of() : directories);
        save();
    }

    /** Minutes between scans; 0 for scans only when somebody asks for one. */
    public int getScanMinutes() {
        return scanMinutes;
    }

    @DataBoundSetter
    public void setScanMinutes(int scanMinutes) {
        this.scanMinutes = Math.max(0, Math.min(MAX_SCAN_MINUTES, scanMinutes));
        save();
    }

    /** Which images builds may name besides those of the catalog: {@code catalog}, {@code roots} or {@code any}. */
    public String getPolicy() {
        return policy == null ? "catalog" : policy;
    }

    @DataBoundSetter
    public void setPolicy(String policy) {
        EntryText.word("policy", Util.fixNull(policy), ImagePolicy.Kind.class);
        this.policy = Util.fixEmptyAndTrim(policy);
        save();
    }

    /** Directories below which builds may name paths, separated by commas or line breaks, {@code null} for none. */
    public String getAllowedRoots() {
        return allowedRoots;
    }

    @DataBoundSetter
    public void setAllowedRoots(String allowedRoots) {
        this.allowedRoots = Util.fixEmptyAndTrim(allowedRoots);
        save();
    }

    @Override
    public synchronized void save() {
        super.save();
        changes.incrementAndGet();
    }

    @Override
    public synchronized void load() {
        super.load();
        changes.incrementAndGet();
    }

    /**
     * Which images the jobs of an item may name.
     *
     * @param item a job or a folder, {@code null} when it does not matter
     */
    public ImagePolicy imagePolicy(@CheckForNull Item item) {
        ImagePolicy policy = imagePolicy();
        if (item != null) {
            for (UseRestriction restriction : UseRestriction.all()) {
                policy = policy.and(restriction.imagePolicy(item));
            }
        }
        return policy;
    }

    /** Which images builds may name unless their folder says less. */
    public ImagePolicy imagePolicy() {
        return new ImagePolicy(
                EntryText.word("policy", getPolicy(), ImagePolicy.Kind.class),
                EntryText.directories(Util.fixNull(allowedRoots)));
    }

    /** All images, also hidden ones. Checks no permission. */
    public ImageList list() {
        Merged current = merged;
        int change = changes.get();
        List<DiscoveredImage> discovered = DiscoveredImageStore.get().images();
        if (current == null || !current.isOf(change, discovered)) {
            current = new Merged(change, discovered, merge(discovered));
            merged = current;
        }
        return current.list();
    }

    private ImageList merge(List<DiscoveredImage> discovered) {
        List<DeclaredImage> declared = new ArrayList<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        for (CatalogImage image : getImages()) {
            try {
                declared.add(image.toDeclared());
            } catch (InvalidRequestException e) {
                unreadable.put(image.getId(), e.getMessage());
            }
        }
        ImageList all = ImageList.merge(declared, DiscoveredImages.records(discovered), unreadable);
        all.problems()
                .forEach((id, problem) ->
                        LOGGER.log(Level.WARNING, "image {0} cannot be used: {1}", new Object[] {id, problem}));
        return all;
    }

    /** The images that the current user may see; checks the permission. */
    public ImageList visible() {
        return VisibleImages.of(list());
    }

    /**
     * Finds the image that a build means.
     *
     * @param wanted the name as the build writes it
     * @param cluster name of the cluster where the build runs, empty when it does not matter
     * @param item the job, or a folder with jobs, {@code null} when it does not matter
     * @throws InvalidRequestException when there is none, naming similar ones, or when the job may not use it
     */
    public ImageRecord image(String wanted, String cluster, @CheckForNull Item item) {
        ImagePolicy policy = imagePolicy(item);
        ImageList there = list().only(image -> image.origin().isOn(cluster));
        if (item == null) {
            return policy.find(there, wanted);
        }
        String job = jobIn(item);
        if (ImagePolicy.isPlace(wanted)) {
            // If the file belongs to an entry for others, the entry's rule counts, although the file can be reached.
            return usable(policy.find(there, wanted), job);
        }
        try {
            return policy.find(there.only(image -> image.notes().usableBy(job)), wanted);
        } catch (InvalidRequestException e) {
            // The message names similar images, but none that only others may use.
            refuseOthers(policy, there, wanted, job);
            throw e;
        }
    }

    private static void refuseOthers(ImagePolicy policy, ImageList there, String wanted, String job) {
        ImageRecord found;
        try {
            found = policy.find(there, wanted);
        } catch (InvalidRequestException e) {
            LOGGER.log(Level.FINEST, "no image for others, either", e);
            return;
        }
        usable(found, job);
    }

    /** Checks that the job may use the image. The message does not name the folders: not everybody may know them. */
    private static ImageRecord usable(ImageRecord image, String job) {
        if (!image.notes().usableBy(job)) {
            throw new InvalidRequestException(
                    "image",
                    "'" + image.id()
                            + "' is for jobs in other folders; an administrator changes that in the image's entry");
        }
        return image;
    }

    /** Full name of the job. For a folder, the name of some job in it. */
    private static String jobIn(Item item) {
        boolean folder = item instanceof ItemGroup && !(item instanceof Job);
        return item.getFullName() + (folder ? "/job" : "");
    }

    @POST
    public ListBoxModel doFillPolicyItems() {
        Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
        return policyItems();
    }

    /** The policies as people choose them. */
    public static ListBoxModel policyItems() {
        ListBoxModel items = new ListBoxModel();
        items.add("images of the catalog only", "catalog");
        items.add("also files below certain directories", "roots");
        items.add("also any file that the compute nodes can read, and any image of a registry", "any");
        return items;
    }

    @POST
    public FormValidation doCheckScanMinutes(@QueryParameter String value) {
        Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
        return FormValidation.validateIntegerInRange(value, 0, MAX_SCAN_MINUTES);
    }

    @POST
    public FormValidation doCheckAllowedRoots(@QueryParameter String value) {
        Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
        return Checks.of(() -> EntryText.directories(value));
    }
}
