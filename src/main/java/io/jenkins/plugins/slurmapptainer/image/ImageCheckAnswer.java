package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * What a head node has found out about an image.
 *
 * @param file facts about the file; {@code null} if there is a problem
 * @param real absolute path of the file after following all links; empty if there is a problem
 * @param same the path of one of the request's other images that is the same file; empty for none
 * @param problem why the image cannot be used, completing the sentence "The image …"; empty if it can
 */
public record ImageCheckAnswer(CheckedFile file, String real, String same, String problem) implements Serializable {
    /** The problem if the head node does not have the file. Compute nodes may have it. */
    public static final String NOT_THERE = "is not there";

    /** The problem if the file is being written or replaced. */
    public static final String CHANGES = "was changed while it was being checked";

    public static ImageCheckAnswer of(CheckedFile file, String real, String same) {
        return new ImageCheckAnswer(file, real, same, "");
    }

    public static ImageCheckAnswer problem(String problem) {
        return new ImageCheckAnswer(null, "", "", problem);
    }
}
