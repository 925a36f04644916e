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
 * @param bindRoots what a build may have mounted into containers
 * @param outputs how much one job may bring back
 * @param containers how it has scripts run
 * @param homes which home directory a program may get
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

    /** Without a limit for outputs, where builds may run scripts as they like, with a home directory for each job. */
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
            if (SameResource.decidedBy(directive, value, written).isEmpty()) {
                complete.put(directive, value);
            }
        });
        complete.putAll(asked);
        return limits.apply(cluster, Directives.of(complete, options));
    }

    /**
     * The home directory that a program gets.
     *
     * @param asked what the build chooses
     * @throws InvalidRequestException when the build may not choose that
     */
    public Home home(Home asked, boolean inImage) {
        return homes.apply(cluster, asked, inImage);
    }
}
