package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * The longer texts of an image. Each has several lines or is empty.
 *
 * @param runscript what runs if no command is given
 * @param definition the definition that the image was built from
 * @param help help for users
 * @param problem why they could not be read, completing the sentence "The image …"; empty if they could
 */
public record ImageScripts(String runscript, String definition, String help, String problem) implements Serializable {
    /** The most characters of each text. The rest is left out. */
    public static final int MAX_TEXT = 65_536;

    public static ImageScripts problem(String problem) {
        return new ImageScripts("", "", "", problem);
    }
}
