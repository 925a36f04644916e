package io.jenkins.plugins.slurmapptainer.job;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a cluster makes of the options of a build.
 *
 * @param cluster its name, for messages
 * @param defaults used where a build sets nothing
 * @param limits what a build may ask for at most
 */
public record ClusterRules(String cluster, Map<Directive, String> defaults, Limits limits) {
    /** Ways to ask for the same by further options; with one of them the default would contradict the build. */
    private static final Map<Directive, List<String>> SAME = Map.of(
            Directive.MEMORY, List.of("mem-per-cpu", "mem-per-gpu"),
            Directive.GPUS, List.of("gpus-per-node", "gpus-per-socket", "gpus-per-task", "tres-per-task"),
            Directive.NTASKS, List.of("ntasks-per-node", "ntasks-per-gpu"),
            Directive.CPUS_PER_TASK, List.of("cpus-per-gpu"),
            Directive.EXCLUSIVE, List.of("exclusive"));

    public ClusterRules {
        defaults = Map.copyOf(defaults);
    }

    /** No defaults, no limits. */
    public static ClusterRules none(String cluster) {
        return new ClusterRules(cluster, Map.of(), Limits.NONE);
    }

    /**
     * Checks and completes what a build asks for.
     *
     * @param asked values that the build sets
     * @param options further options of the build
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    public Directives apply(Map<Directive, String> asked, List<String> options) {
        Directives written = Directives.of(asked, options);
        Map<Directive, String> complete = new EnumMap<>(Directive.class);
        defaults.forEach((directive, value) -> {
            if (!isDecided(directive, value, written)) {
                complete.put(directive, value);
            }
        });
        complete.putAll(asked);
        return limits.apply(cluster, Directives.of(complete, options));
    }

    private static boolean isDecided(Directive directive, String value, Directives written) {
        boolean gpusByName = directive == Directive.GPUS && AskedResources.gpus(written) > 0;
        boolean gpusByNumber = directive == Directive.GRES
                && written.get(Directive.GPUS).isPresent()
                && AskedResources.namesGpus(value);
        return gpusByName
                || gpusByNumber
                || SAME.getOrDefault(directive, List.of()).stream()
                        .anyMatch(option -> written.extra(option).isPresent());
    }
}
