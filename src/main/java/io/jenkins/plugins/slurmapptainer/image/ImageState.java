package io.jenkins.plugins.slurmapptainer.image;

import java.util.Locale;

/** An administrator's decision about an image. */
public enum ImageState {
    /** May be used. */
    CURRENT,
    /** May still be used. Builds are told what to use instead. */
    DEPRECATED,
    /** Is neither shown nor usable. */
    HIDDEN;

    /** The name in lower case: {@code current}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
