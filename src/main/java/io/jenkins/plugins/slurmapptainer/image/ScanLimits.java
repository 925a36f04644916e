package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * Limits of a scan.
 *
 * @param images the most images in the answer; further ones are skipped
 * @param skipped the most skipped files that are named; further ones are counted
 * @param parallel how many images are inspected at the same time
 * @param inspectSeconds after how many seconds the inspection of one image ends
 */
public record ScanLimits(int images, int skipped, int parallel, int inspectSeconds) implements Serializable {
    public static final ScanLimits DEFAULTS = new ScanLimits(50_000, 1_000, 4, 30);
}
