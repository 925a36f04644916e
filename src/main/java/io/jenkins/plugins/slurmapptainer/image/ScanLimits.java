package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * Bounds of a scan.
 *
 * @param images at most so many are reported, the rest is skipped
 * @param skipped at most so many skipped files are named, the rest is counted
 * @param parallel images that are inspected at the same time
 * @param inspectSeconds after which the inspection of one image is given up
 */
public record ScanLimits(int images, int skipped, int parallel, int inspectSeconds) implements Serializable {
    public static final ScanLimits DEFAULTS = new ScanLimits(50_000, 1_000, 4, 30);
}
