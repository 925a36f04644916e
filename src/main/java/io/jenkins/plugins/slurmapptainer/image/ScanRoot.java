package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * A directory to be scanned.
 *
 * @param path absolute
 * @param layouts how files below it are named, as {@link FileLayouts} reads them
 */
public record ScanRoot(String path, String layouts) implements Serializable {
    /** Whether a file lies below this directory, going by its path alone. */
    public boolean contains(String file) {
        return file.startsWith(path.endsWith("/") ? path : path + "/");
    }
}
