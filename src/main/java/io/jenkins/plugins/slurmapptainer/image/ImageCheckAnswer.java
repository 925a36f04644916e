package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * What a head node has found out about an image.
 *
 * @param file the facts; {@code null} if there is a problem
 * @param real absolute path of the file after all links; empty if there is a problem
 * @param same of the other images that were asked about, the path of one that is the same file; empty for none
 * @param problem why the image cannot be used, completing the sentence "The image …"; empty if it can
 */
public record ImageCheckAnswer(CheckedFile file, String real, String same, String problem) implements Serializable {
    /** The problem of a file that the head node does not have; compute nodes may. */
    public static final String NOT_THERE = "is not there";

    /** The problem of a file that somebody writes to or replaces just now. */
    public static final String CHANGES = "was changed while it was being checked";

    public static ImageCheckAnswer of(CheckedFile file, String real, String same) {
        return new ImageCheckAnswer(file, real, same, "");
    }

    public static ImageCheckAnswer problem(String problem) {
        return new ImageCheckAnswer(null, "", "", problem);
    }
}
