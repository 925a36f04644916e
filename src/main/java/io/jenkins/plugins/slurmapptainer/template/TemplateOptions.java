package io.jenkins.plugins.slurmapptainer.template;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The options that a template may set: Slurm's and those for the run, unless they make sense only for one job, and a
 * few of the plugin's own.
 */
public final class TemplateOptions {
    public static final String CLUSTER = "cluster";
    public static final String IMAGE = "image";
    public static final String MAX_PENDING = "maxPending";

    private TemplateOptions() {}

    /** The parameters' names, as in a Jenkinsfile. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        Arrays.stream(Directive.values())
                .filter(directive -> !directive.isOfOneJob())
                .map(Directive::field)
                .forEach(names::add);
        Arrays.stream(LaunchOption.values())
                .filter(option -> !option.isOfOneJob())
                .map(LaunchOption::field)
                .forEach(names::add);
        names.addAll(List.of(CLUSTER, IMAGE, MAX_PENDING));
        return names;
    }

    /** @throws InvalidRequestException if a template may not set the option; suggests similar ones */
    public static void check(String option) {
        if (!names().contains(option)) {
            List<String> near = NearMisses.of(names(), option);
            throw new InvalidRequestException(
                    "option",
                    "'" + Printable.of(option) + "' is no option that a template can have; "
                            + (near.isEmpty()
                                    ? "there are " + String.join(", ", names())
                                    : "did you mean " + String.join(" or ", near) + "?"));
        }
    }
}
