package io.jenkins.plugins.slurmapptainer.catalog;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.slurmapptainer.image.ImageLookup;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The images that builds may use. */
@Extension
@Symbol("apptainerImageCatalog")
public final class ImageCatalog extends GlobalConfiguration implements PersistentDescriptor {
    private static final Logger LOGGER = Logger.getLogger(ImageCatalog.class.getName());

    private List<CatalogImage> images = new ArrayList<>();

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

    /** All usable images; an entry with an unacceptable id or path is left out and logged. */
    public List<ImageRecord> records() {
        List<ImageRecord> records = new ArrayList<>();
        for (CatalogImage image : getImages()) {
            try {
                records.add(image.toRecord());
            } catch (InvalidRequestException e) {
                LOGGER.log(
                        Level.WARNING, "image {0} cannot be used: {1}", new Object[] {image.getId(), e.getMessage()});
            }
        }
        return records;
    }

    /**
     * The image that a build means.
     *
     * @throws InvalidRequestException when there is none, with near misses
     */
    public ImageRecord image(String wanted) {
        return ImageLookup.find(records(), wanted);
    }
}
