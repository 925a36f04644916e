package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
 * @param flags what else the build asks of the container
 * @param mounts what the build has mounted
 */
public record ContainerImage(
        String name,
        String path,
        String source,
        List<Bind> binds,
        Map<String, String> environment,
        Gpu gpu,
        List<String> interpreter,
        Set<ContainerFlag> flags,
        BuildMounts mounts)
        implements Serializable {
    public ContainerImage {
        binds = new ArrayList<>(binds);
        environment = new LinkedHashMap<>(environment);
        interpreter = new ArrayList<>(interpreter);
        flags = new TreeSet<>(flags);
    }

    /** An image as the catalog has it; a build adds nothing. */
    public ContainerImage(
            String name,
            String path,
            String source,
            List<Bind> binds,
            Map<String, String> environment,
            Gpu gpu,
            List<String> interpreter) {
        this(name, path, source, binds, environment, gpu, interpreter, Set.of(), BuildMounts.NONE);
    }

    /** An image that nothing is said about. */
    public ContainerImage(String name, String path) {
        this(name, path, "", List.of(), Map.of(), Gpu.NONE, List.of());
    }

    /** The same image, with other options of the container. */
    ContainerImage withFlags(Set<ContainerFlag> other) {
        return new ContainerImage(name, path, source, binds, environment, gpu, interpreter, other, mounts);
    }

    /** The same image, under another path of its file. */
    public ContainerImage atPath(String other) {
        return new ContainerImage(name, other, source, binds, environment, gpu, interpreter, flags, mounts);
    }

    /**
     * The image with what a build adds.
     *
     * @param drivers go before the catalog's, unless they are {@link Gpu#NONE}
     */
    ContainerImage forBuild(Gpu drivers, Set<ContainerFlag> asked, BuildMounts mounted) {
        return new ContainerImage(
                name,
                path,
                source,
                binds,
                environment,
                drivers == Gpu.NONE ? gpu : drivers,
                interpreter,
                asked,
                mounted);
    }
}
