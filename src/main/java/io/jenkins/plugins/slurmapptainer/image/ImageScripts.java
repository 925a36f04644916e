package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * The longer texts that an image has, each of several lines or empty.
 *
 * @param runscript what runs when nothing else is asked for
 * @param definition from which the image was built
 * @param help for people who use it
 * @param problem why they could not be read, completing the sentence "The image …"; empty if they could
 */
public record ImageScripts(String runscript, String definition, String help, String problem) implements Serializable {
    /** Characters of each text; the rest is left out. */
    public static final int MAX_TEXT = 65_536;

    public static ImageScripts problem(String problem) {
        return new ImageScripts("", "", "", problem);
    }
}
