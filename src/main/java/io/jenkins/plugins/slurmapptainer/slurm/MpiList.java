package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the output of {@code srun --mpi=list}: a heading, one interface on each indented line, and for PMIx also a line
 * with the names of its versions (22.05 to 26.05).
 */
public final class MpiList {
    private static final Pattern ONE = Pattern.compile("[ \\t]+([A-Za-z0-9_.-]+)");
    private static final Pattern VERSIONS =
            Pattern.compile("specific .* plugin versions available: *([A-Za-z0-9_.,-]+)");

    private MpiList() {}

    /** The interfaces in alphabetical order; empty if the output has none. */
    public static List<String> read(CommandResult result) {
        Set<String> names = (result.stdout() + "\n" + result.stderr())
                .lines()
                .flatMap(line -> {
                    Matcher one = ONE.matcher(line);
                    Matcher versions = VERSIONS.matcher(line.strip());
                    return one.matches()
                            ? List.of(one.group(1)).stream()
                            : versions.matches() ? List.of(versions.group(1).split(",")).stream() : null;
                })
                .collect(Collectors.toCollection(TreeSet::new));
        return List.copyOf(names);
    }
}
