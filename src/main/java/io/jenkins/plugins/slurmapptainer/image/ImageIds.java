package io.jenkins.plugins.slurmapptainer.image;

import java.util.Collection;

/** Makes ids for discovered images. */
public final class ImageIds {
    private static final int MAX_LENGTH = 100;

    private ImageIds() {}

    /** Makes an id from a file's name. Characters that an id cannot have become {@code -}. */
    public static String ofStem(String stem) {
        String id = stem.replaceAll("[^A-Za-z0-9._+@-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        String cut = id.substring(0, Math.min(id.length(), MAX_LENGTH));
        return cut.isEmpty() ? "image" : cut;
    }

    /** The first of these that is free: the id, the id after the type, the id with a number. */
    public static String free(String id, String type, Collection<String> taken) {
        if (!taken.contains(id)) {
            return id;
        }
        String prefix = type.isEmpty() ? "" : ofStem(type) + "-";
        String longer = prefix + id;
        String qualified = longer.substring(0, Math.min(longer.length(), MAX_LENGTH));
        String candidate = qualified;
        for (int i = 2; taken.contains(candidate); i++) {
            candidate = qualified + "-" + i;
        }
        return candidate;
    }
}
