package io.jenkins.plugins.slurmapptainer.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.catalog.ImagePermissions;
import io.jenkins.plugins.slurmapptainer.image.ImageList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The catalog for people, at {@code /apptainer-images/}. Everything below the page needs the permission to view the
 * catalog. The rows of the table come from {@code api/json}, which is fast enough for 5 000 images; a rendered page is
 * not.
 */
@Extension
@ExportedBean
@Restricted(NoExternalUse.class)
public final class ImagesPage implements RootAction, StaplerProxy {
    static final String ICON = "symbol-cube";

    @CheckForNull
    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(ImagePermissions.VIEW) ? ICON : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ImagesPage_DisplayName();
    }

    @Override
    public String getUrlName() {
        return CatalogUrl.PAGE;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(ImagePermissions.VIEW);
        return this;
    }

    public RestApi getApi() {
        return new RestApi(this);
    }

    /** All images that the current user may see. */
    @Exported(inline = true)
    public List<ExportedImage> getImages() {
        return visible().all().stream().map(ExportedImage::new).collect(Collectors.toList());
    }

    /** The page of one image, {@code null} for an id that does not exist. */
    @CheckForNull
    public ImagePage getImage(String id) {
        return visible().byId(id).map(ImagePage::new).orElse(null);
    }

    /** The types of all images; empty if there are no images. */
    public List<String> getTypes() {
        return visible().types();
    }

    /** Entries that cannot be used, and why. Empty for users who may not see that. */
    public Map<String, String> getProblems() {
        return Jenkins.get().hasPermission(ImagePermissions.CONFIGURE)
                ? visible().problems()
                : Map.of();
    }

    /** Whether there is something to scan and the current user may start a scan. */
    public boolean isScannable() {
        return Jenkins.get().hasPermission(ImagePermissions.SCAN)
                && !ImageCatalog.get().getDirectories().isEmpty();
    }

    /** Whether the current user may change the catalog. */
    public boolean isConfigurable() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    private static ImageList visible() {
        return ImageCatalog.get().visible();
    }
}
