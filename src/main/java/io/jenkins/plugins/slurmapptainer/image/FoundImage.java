package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An image file that a scan has seen.
 *
 * @param path absolute
 * @param type by the directory's layout, may be empty
 * @param family name without version
 * @param version may be empty
 * @param stamp of the file
 * @param inspection what was read from the image; {@code null} when the file is the same as the last time, or could not be
 *     inspected now
 */
public record FoundImage(
        String path, String type, String family, String version, FileStamp stamp, Inspection inspection)
        implements Serializable {

    private static final Pattern ODD = Pattern.compile(
            "[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FFFD}\\p{Cs}]");

    /**
     * Whether a name shows as what it is: no control characters or line breaks, none that turn the direction of writing,
     * nothing that was no text in the first place.
     */
    public static boolean isPlain(String name) {
        return !ODD.matcher(name).find();
    }

    /**
     * @param built when the image was built, milliseconds since 1970, 0 if its labels don't say
     * @param labels by name
     */
    public record Inspection(long built, TreeMap<String, String> labels) implements Serializable {}
}
