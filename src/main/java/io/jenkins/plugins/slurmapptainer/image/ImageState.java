package io.jenkins.plugins.slurmapptainer.image;

import java.util.Locale;

/** What an administrator says of an image. */
public enum ImageState {
    /** Free to use. */
    CURRENT,
    /** Can still be used; builds are told what to use instead. */
    DEPRECATED,
    /** Is not shown and cannot be used. */
    HIDDEN;

    /** The name as people write it: {@code current}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
