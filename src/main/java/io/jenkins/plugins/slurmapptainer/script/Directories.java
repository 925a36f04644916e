package io.jenkins.plugins.slurmapptainer.script;

import java.util.List;

/**
 * Directories of one job.
 *
 * @param files where the attached files are
 * @param working where the program runs and relative paths begin
 * @param inside the working directory as the program sees it
 */
public record Directories(String files, String working, String inside) {
    /** Everything in one directory. */
    public static Directories of(String directory) {
        return new Directories(directory, directory, directory);
    }

    /** What a container shows of them at their own paths. */
    List<String> bound() {
        return files.equals(working) || !working.equals(inside) ? List.of(files) : List.of(files, working);
    }
}
