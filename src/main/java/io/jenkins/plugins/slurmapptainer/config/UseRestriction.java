package io.jenkins.plugins.slurmapptainer.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import io.jenkins.plugins.slurmapptainer.image.ImagePolicy;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;

/**
 * Narrows what a job may use, in addition to what clusters and catalog say. All restrictions must agree. They are asked
 * for every build and judge its job, not the user who started it. Called by any thread.
 */
public interface UseRestriction extends ExtensionPoint {
    /**
     * @param item a job, or a folder that stands for the jobs in it
     * @throws InvalidRequestException when the job may not use the cluster of this name
     */
    void checkCluster(Item item, String cluster);

    /**
     * @param item a job, or a folder that stands for the jobs in it
     * @param image the image's id, or its path or reference if it is not in the catalog; empty to run on the host
     * @throws InvalidRequestException when the job may not do that
     */
    void checkImage(Item item, String image);

    /**
     * Which images the jobs of an item may name. It can only narrow what the catalog allows.
     *
     * @param item a job or a folder
     */
    ImagePolicy imagePolicy(Item item);

    /** All restrictions of this Jenkins. */
    static ExtensionList<UseRestriction> all() {
        return ExtensionList.lookup(UseRestriction.class);
    }
}
