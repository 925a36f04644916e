package io.jenkins.plugins.slurmapptainer.job;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options that request the same thing from Slurm in different ways. A default must not contradict what a build uses.
 */
public final class SameResource {
    private static final Map<Directive, List<String>> OPTIONS = Map.of(
            Directive.MEMORY, List.of("mem-per-cpu", "mem-per-gpu"),
            Directive.GPUS, List.of("gpus-per-node", "gpus-per-socket", "gpus-per-task", "tres-per-task"),
            Directive.NTASKS, List.of("ntasks-per-node", "ntasks-per-gpu"),
            Directive.CPUS_PER_TASK, List.of("cpus-per-gpu"),
            Directive.BEGIN, List.of("begin"),
            Directive.EXCLUSIVE, List.of("exclusive"));

    private SameResource() {}

    /**
     * Whether earlier options already decide what another one sets, because they are the same option or replace it.
     *
     * @param option {@code --name} or {@code --name=value}
     * @param before in the same form
     */
    public static boolean isDecided(String option, Collection<String> before) {
        return before.stream()
                .anyMatch(
                        other -> name(other).equals(name(option)) || kind(other).equals(kind(option)));
    }

    private static String name(String option) {
        return option.substring(option.startsWith("--") ? "--".length() : 0).split("=", 2)[0];
    }

    /** The thing that an option decides. {@code sbatch} accepts at most one option for each. */
    private static String kind(String option) {
        String name = name(option);
        switch (name) {
            case "mem-per-cpu":
            case "mem-per-gpu":
                return "mem";
            case "gpus-per-node":
            case "gpus-per-socket":
            case "gpus-per-task":
                return "gpus";
            case "gres":
                return AskedResources.namesGpus(option.substring(option.indexOf('=') + 1)) ? "gpus" : name;
            case "cpus-per-gpu":
                return "cpus-per-task";
            case "oversubscribe":
                return "exclusive";
            case "no-requeue":
                return "requeue";
            default:
                return name;
        }
    }

    /**
     * Finds out whether a build decides about a directive by another option.
     *
     * @param value a default of the directive
     * @param written what the build requests
     * @return the other option or parameter; empty if there is none
     */
    public static Optional<String> decidedBy(Directive directive, String value, Directives written) {
        if (directive == Directive.GPUS
                && AskedResources.namesGpus(written.get(Directive.GRES).orElse(""))) {
            return Optional.of(Directive.GRES.field());
        }
        if (directive == Directive.GRES && written.get(Directive.GPUS).isPresent() && AskedResources.namesGpus(value)) {
            return Optional.of(Directive.GPUS.field());
        }
        return OPTIONS.getOrDefault(directive, List.of()).stream()
                .filter(option -> written.extra(option).isPresent())
                .map(option -> "--" + option)
                .findFirst();
    }
}
