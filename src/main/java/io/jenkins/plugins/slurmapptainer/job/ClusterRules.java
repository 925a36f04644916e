package io.jenkins.plugins.slurmapptainer.job;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The rules by which a cluster checks and completes the options of a build.
 *
 * @param cluster its name, for messages
 * @param defaults used if a build sets nothing
 * @param limits the most that a build may request
 * @param bindRoots what a build may mount into containers
 * @param outputs how much one job may copy back
 * @param containers how scripts run on it
 * @param homes which home directories programs may have
 */
public record ClusterRules(
        String cluster,
        Map<Directive, String> defaults,
        Limits limits,
        BindRoots bindRoots,
        OutputLimits outputs,
        ContainerRules containers,
        HomeRules homes) {
    public ClusterRules {
        defaults = Map.copyOf(defaults);
    }

    /** Rules without limits for outputs: builds choose how scripts run, and each job has its own home directory. */
    public ClusterRules(String cluster, Map<Directive, String> defaults, Limits limits, BindRoots bindRoots) {
        this(cluster, defaults, limits, bindRoots, OutputLimits.NONE, ContainerRules.NONE, HomeRules.OF_JOBS);
    }

    /** The same with other rules for containers. */
    public ClusterRules with(ContainerRules other) {
        return new ClusterRules(cluster, defaults, limits, bindRoots, outputs, other, homes);
    }

    /** The same with other rules for home directories. */
    public ClusterRules with(HomeRules other) {
        return new ClusterRules(cluster, defaults, limits, bindRoots, outputs, containers, other);
    }

    /**
     * Checks and completes a build's request.
     *
     * @param asked values that the build sets
     * @param options further options of the build
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    public Directives apply(Map<Directive, String> asked, List<String> options) {
        Directives written = Directives.of(asked, options);
        Map<Directive, String> complete = new EnumMap<>(Directive.class);
        defaults.forEach((directive, value) -> {
            if (SameResource.decidedBy(directive, value, written).isEmpty()) {
                complete.put(directive, value);
            }
        });
        complete.putAll(asked);
        return limits.apply(cluster, Directives.of(complete, options));
    }

    /**
     * Decides the home directory of a program.
     *
     * @param asked the build's choice
     * @throws InvalidRequestException when the build may not choose that
     */
    public Home home(Home asked, boolean inImage) {
        return homes.apply(cluster, asked, inImage);
    }
}
