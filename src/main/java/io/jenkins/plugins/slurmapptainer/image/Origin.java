package io.jenkins.plugins.slurmapptainer.image;

import java.util.List;

/**
 * Where an entry of the catalog comes from.
 *
 * @param declared whether an administrator wrote it; otherwise a scan found it
 * @param clusters names of the clusters that have it; empty for all
 * @param missing whether a scan found it earlier but no longer does
 */
public record Origin(boolean declared, List<String> clusters, boolean missing) {
    public static final Origin DECLARED = new Origin(true, List.of(), false);

    public Origin {
        clusters = List.copyOf(clusters);
    }

    /** @param cluster its name, empty when it does not matter */
    public boolean isOn(String cluster) {
        return cluster.isEmpty() || clusters.isEmpty() || clusters.contains(cluster);
    }

    /** {@code declared} or {@code discovered}. */
    public String word() {
        return declared ? "declared" : "discovered";
    }
}
