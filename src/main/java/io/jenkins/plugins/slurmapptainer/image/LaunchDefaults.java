package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a script runs in an image if the build does not decide.
 *
 * @param binds directories of the node that the program sees
 * @param environment variables of the program
 * @param gpu which graphics drivers of the node the program gets
 * @param interpreter program and argument for scripts without a {@code #!} line, empty for the usual one
 * @param template name of the template for builds that name none, may be empty
 */
public record LaunchDefaults(
        List<Bind> binds, Map<String, String> environment, Gpu gpu, List<String> interpreter, String template) {
    public static final LaunchDefaults NONE = new LaunchDefaults(List.of(), Map.of(), Gpu.NONE, List.of(), "");

    public LaunchDefaults {
        binds = List.copyOf(binds);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        interpreter = List.copyOf(interpreter);
    }
}
