package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An image file that a scan has seen.
 *
 * @param path absolute
 * @param type type by the directory's layout, may be empty
 * @param family name without version
 * @param version may be empty
 * @param stamp of the file
 * @param inspection what was read from the image; {@code null} when the file has not changed, or could not be inspected
 *     now
 */
public record FoundImage(
        String path, String type, String family, String version, FileStamp stamp, Inspection inspection)
        implements Serializable {

    private static final Pattern ODD = Pattern.compile(
            "[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FFFD}\\p{Cs}]");

    /**
     * Whether a name is shown as it is: it has no control characters or line breaks, nothing that changes the writing
     * direction, and only valid text.
     */
    public static boolean isPlain(String name) {
        return !ODD.matcher(name).find();
    }

    /**
     * @param built when the image was built, milliseconds since 1970, 0 if its labels do not say
     * @param labels by name
     */
    public record Inspection(long built, TreeMap<String, String> labels) implements Serializable {}
}
