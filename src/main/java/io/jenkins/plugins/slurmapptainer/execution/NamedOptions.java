package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.template.TemplateOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options that a template can set, by their parameter names. */
final class NamedOptions {
    private NamedOptions() {}

    /** The options that the build sets. */
    static Map<String, String> of(SlurmJobOptions options) {
        Map<String, String> set = new LinkedHashMap<>();
        for (String name : TemplateOptions.names()) {
            String value = get(options, name);
            if (value != null) {
                set.put(name, value);
            }
        }
        return set;
    }

    @CheckForNull
    private static String get(SlurmJobOptions options, String name) {
        switch (name) {
            case TemplateOptions.CLUSTER:
                return options.cluster();
            case TemplateOptions.IMAGE:
                return options.image();
            case TemplateOptions.MAX_PENDING:
                return options.maxPending();
            default:
                return Directive.ofField(name)
                        .map(options::get)
                        .or(() -> LaunchOption.ofField(name).map(options::get))
                        .orElse(null);
        }
    }

    static void set(SlurmJobOptions options, String name, String value) {
        switch (name) {
            case TemplateOptions.CLUSTER:
                options.cluster(value);
                break;
            case TemplateOptions.IMAGE:
                options.image(value);
                break;
            case TemplateOptions.MAX_PENDING:
                options.maxPending(value);
                break;
            default:
                Directive.ofField(name).ifPresent(directive -> options.set(directive, value));
                LaunchOption.ofField(name).ifPresent(option -> options.set(option, option.normal(value)));
        }
    }
}
