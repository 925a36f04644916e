package io.jenkins.plugins.slurmapptainer.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An image as {@code api/json} shows it. The names are an interface: they never change. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class ExportedImage {
    private final ImageRecord image;

    ExportedImage(ImageRecord image) {
        this.image = image;
    }

    @Exported
    public String getId() {
        return image.id();
    }

    @Exported
    public String getName() {
        return image.name();
    }

    @Exported
    public String getPath() {
        return image.path();
    }

    @Exported
    public String getType() {
        return image.type();
    }

    @Exported
    public String getVersion() {
        return image.version();
    }

    @Exported
    public String getDescription() {
        return image.notes().description();
    }

    @Exported
    public List<String> getAliases() {
        return image.notes().aliases();
    }

    /** {@code current}, {@code deprecated}, {@code hidden} or {@code missing}. */
    @Exported
    public String getState() {
        return image.status();
    }

    /** What to use instead, may be empty. */
    @Exported
    public String getHint() {
        return image.notes().hint();
    }

    /** {@code declared} or {@code discovered}. */
    @Exported
    public String getSource() {
        return image.origin().word();
    }

    /** Names of the clusters that have it; empty for all. */
    @Exported
    public List<String> getClusters() {
        return image.origin().clusters();
    }

    /** Size in bytes, {@code null} if no scan has seen the file. */
    @CheckForNull
    @Exported
    public Long getSize() {
        return image.file().isSeen() ? image.file().size() : null;
    }

    /** When the file was changed, milliseconds since 1970, {@code null} if no scan has seen it. */
    @CheckForNull
    @Exported
    public Long getModified() {
        return known(image.file().modified());
    }

    /** When the image was built, milliseconds since 1970, {@code null} if its labels do not say. */
    @CheckForNull
    @Exported
    public Long getBuilt() {
        return known(image.file().built());
    }

    /** Digest that is checked before use, empty for none. */
    @Exported
    public String getSha256() {
        return image.integrity().sha256();
    }

    @Exported(visibility = 1)
    public Map<String, String> getLabels() {
        return image.file().labels();
    }

    private static Long known(long time) {
        return time > 0 ? time : null;
    }
}
