package io.jenkins.plugins.slurmapptainer.script;

import java.util.ArrayList;
import java.util.List;

/**
 * The directories of one job on the node.
 *
 * @param files where the attached files are
 * @param working where the program runs and relative paths begin
 * @param inside the working directory as the program sees it
 * @param mount the mounted path through which a program in an image sees the working directory; empty for the job's own
 *     and a workspace, which are always mounted
 * @param beside further directories that a container shows at their own paths
 */
public record Directories(String files, String working, String inside, String mount, List<String> beside) {
    /** Everything in one directory. */
    public static Directories of(String directory) {
        return of(directory, directory);
    }

    /** The directories if the program runs in the job's own directory or in a workspace. */
    public static Directories of(String files, String working) {
        return new Directories(files, working, working, "", List.of());
    }

    /** The directories that a container shows at their own paths. */
    List<String> bound() {
        List<String> bound = new ArrayList<>(List.of(files));
        if (!files.equals(working) && mount.isEmpty()) {
            bound.add(working);
        }
        bound.addAll(beside);
        return bound;
    }

    /** The same with further directories. */
    public Directories with(List<String> more) {
        return new Directories(files, working, inside, mount, more);
    }
}
