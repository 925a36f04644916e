package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.UseRestriction;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;

/**
 * Where a job's build is, and what it may use there. Safe for several threads.
 *
 * @param item the Jenkins job, or a folder that stands for the jobs in it; {@code null} for no particular place, where everything may
 *     be used
 */
record JobPlace(@CheckForNull Item item) {
    /** @throws InvalidRequestException when the place may not use the cluster */
    void checkCluster(SlurmCluster cluster) {
        if (item == null) {
            return;
        }
        String name = item.getFullName();
        String folder = item instanceof Job ? name.substring(0, Math.max(0, name.lastIndexOf('/'))) : name;
        if (!cluster.allowsFolder(folder)) {
            throw new InvalidRequestException(
                    "cluster",
                    "jobs " + (folder.isEmpty() ? "outside of a folder" : "in the folder '" + folder + "'")
                            + " may not use cluster " + cluster.getName()
                            + "; an administrator can allow it in Manage Jenkins, System");
        }
        for (UseRestriction restriction : UseRestriction.all()) {
            restriction.checkCluster(item, cluster.getName());
        }
    }

    /**
     * @param id of an image of the catalog, or its path; empty for none
     * @throws InvalidRequestException when the place may not use the image
     */
    void checkImage(String id) {
        if (item == null) {
            return;
        }
        for (UseRestriction restriction : UseRestriction.all()) {
            restriction.checkImage(item, id);
        }
    }
}
