package io.jenkins.plugins.slurmapptainer.script;

import java.util.List;

/**
 * Directories of one job.
 *
 * @param files where the attached files are
 * @param working where the program runs and relative paths begin
 * @param inside the working directory as the program sees it
 * @param mount what is mounted through which a program in an image sees the working directory; empty for the job's own
 *     and a workspace, which it is given besides its mounts
 */
public record Directories(String files, String working, String inside, String mount) {
    /** Everything in one directory. */
    public static Directories of(String directory) {
        return of(directory, directory);
    }

    /** A working directory of the job, or a workspace. */
    public static Directories of(String files, String working) {
        return new Directories(files, working, working, "");
    }

    /** What a container shows of them at their own paths. */
    List<String> bound() {
        return files.equals(working) || !mount.isEmpty() ? List.of(files) : List.of(files, working);
    }
}
