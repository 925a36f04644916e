package io.jenkins.plugins.slurmapptainer.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import io.jenkins.plugins.slurmapptainer.image.ImagePolicy;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;

/**
 * Narrows what a job may use, besides what clusters and catalog say themselves. All that are there must agree. Asked for
 * every build, by its job and not by who started it.
 */
public interface UseRestriction extends ExtensionPoint {
    /**
     * @param item a job, or a folder for jobs in it
     * @throws InvalidRequestException when the job may not use the cluster of this name
     */
    void checkCluster(Item item, String cluster);

    /**
     * @param item a job, or a folder for jobs in it
     * @param image the image's id, empty to run on the host; of an image that is not in the catalog, its path or reference
     * @throws InvalidRequestException when the job may not do that
     */
    void checkImage(Item item, String image);

    /**
     * Which images the jobs of an item may name, where the catalog allows more.
     *
     * @param item a job or a folder
     */
    ImagePolicy imagePolicy(Item item);

    /** All restrictions that are there. */
    static ExtensionList<UseRestriction> all() {
        return ExtensionList.lookup(UseRestriction.class);
    }
}
