package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options that ask Slurm for the same in other ways; a default must not contradict the one that a build uses. */
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
     * How a build has decided about a directive without setting it.
     *
     * @param value a default of the directive
     * @param written what the build asks for
     * @return the option or parameter by which it has, nothing if it has not
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
