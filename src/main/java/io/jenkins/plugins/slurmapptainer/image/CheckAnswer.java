package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * What a head node has found out about an image.
 *
 * @param file the facts; {@code null} if there is a problem
 * @param problem why the image cannot be used, completing the sentence "The image …"; empty if it can
 */
public record CheckAnswer(CheckedFile file, String problem) implements Serializable {
    public static CheckAnswer of(CheckedFile file) {
        return new CheckAnswer(file, "");
    }

    public static CheckAnswer problem(String problem) {
        return new CheckAnswer(null, problem);
    }
}
