package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The image a job runs in, and how.
 *
 * @param name what the banner shows, for example {@code python_3.11.sif}
 * @param path absolute path of the file on the compute nodes
 * @param source reference to the registry that the file was pulled from, empty for none
 * @param binds what the program sees of the host besides its working directory
 * @param environment variables of the program that the job itself does not set
 * @param gpu which graphics drivers of the host the program gets
 * @param interpreter for scripts without a {@code #!} line, empty for the usual one
 */
public record ContainerImage(
        String name,
        String path,
        String source,
        List<Bind> binds,
        Map<String, String> environment,
        Gpu gpu,
        List<String> interpreter)
        implements Serializable {
    public ContainerImage {
        binds = new ArrayList<>(binds);
        environment = new LinkedHashMap<>(environment);
        interpreter = new ArrayList<>(interpreter);
    }

    /** An image that nothing is said about. */
    public ContainerImage(String name, String path) {
        this(name, path, "", List.of(), Map.of(), Gpu.NONE, List.of());
    }
}
