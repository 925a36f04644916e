package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.TreeMap;

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

    /**
     * @param built when the image was built, milliseconds since 1970, 0 if its labels don't say
     * @param labels by name
     */
    public record Inspection(long built, TreeMap<String, String> labels) implements Serializable {}
}
