package io.jenkins.plugins.slurmapptainer.image;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a scan knows about a file.
 *
 * @param size bytes, -1 if it was never seen
 * @param modified milliseconds since 1970, 0 if it was never seen
 * @param built when the image was built by its label, milliseconds since 1970, 0 if not known
 * @param labels of the image, by name
 */
public record ImageFile(long size, long modified, long built, Map<String, String> labels) {
    public static final ImageFile UNSEEN = new ImageFile(-1, 0, 0, Map.of());

    public ImageFile {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    public boolean isSeen() {
        return size >= 0;
    }
}
