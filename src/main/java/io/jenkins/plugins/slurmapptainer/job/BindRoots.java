package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;

/**
 * The directories of a cluster's nodes that builds may mount into containers, with everything below them.
 *
 * @param cluster its name, for messages
 * @param paths absolute, without a slash at the end; empty if nothing may be mounted
 */
public record BindRoots(String cluster, List<String> paths) {
    public BindRoots {
        paths = List.copyOf(paths);
    }

    /** No directory: nothing may be mounted. */
    public static BindRoots none(String cluster) {
        return new BindRoots(cluster, List.of());
    }

    /** Whether builds may mount everything that the nodes have. */
    boolean areAll() {
        return paths.contains("/");
    }

    /**
     * Reads the lines of a setting. Empty lines are ignored.
     *
     * @param field name of the setting
     * @throws InvalidRequestException for a line that is not an absolute path
     */
    public static BindRoots of(String cluster, String field, String lines) {
        return new BindRoots(
                cluster,
                lines.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .map(line -> path(field, line))
                        .toList());
    }

    private static String path(String field, String line) {
        if (!Bind.isPath(line)) {
            throw new InvalidRequestException(
                    field,
                    "'" + Printable.of(line)
                            + "' is not an absolute path without '..' and backslashes; write one a line");
        }
        return Bind.normal(line);
    }

    /**
     * Checks a directory that a build wants to mount.
     *
     * @param field the parameter that requests the mount
     * @throws InvalidRequestException when it is not below one of the directories
     */
    void check(String field, String source) {
        boolean below = paths.stream().anyMatch(root -> Bind.isBelow(source, root));
        if (!below) {
            throw new InvalidRequestException(
                    field,
                    "'" + source + "' cannot be mounted; cluster " + cluster + " lets builds mount "
                            + (paths.isEmpty()
                                    ? "nothing: an administrator can list directories in Manage Jenkins, System"
                                    : String.join(", ", paths) + ", and what is below"));
        }
    }
}
