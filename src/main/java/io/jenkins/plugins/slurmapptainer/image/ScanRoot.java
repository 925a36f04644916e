package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * A directory to scan.
 *
 * @param path absolute
 * @param layouts how files below it are named, as {@link FileLayouts} reads them
 */
public record ScanRoot(String path, String layouts) implements Serializable {
    /** Whether a file's path is below this directory. Links are not followed. */
    public boolean contains(String file) {
        return file.startsWith(path.endsWith("/") ? path : path + "/");
    }
}
