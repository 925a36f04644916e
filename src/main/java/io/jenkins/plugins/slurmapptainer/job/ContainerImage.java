package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The image that a job runs in, and how.
 *
 * @param name the name in the banner, for example {@code python_3.11.sif}
 * @param path absolute path of the file on the compute nodes
 * @param source reference in the registry that the file was pulled from, empty for none
 * @param binds what the program sees of the node besides its working directory
 * @param environment variables for the program; those that the job itself sets win
 * @param gpu which graphics drivers of the node the program gets
 * @param interpreter for scripts without a {@code #!} line, empty for the usual one
 * @param flags further container options of the build
 * @param mounts the mounts of the build
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

    /** An image as the catalog describes it, without additions of a build. */
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

    /** An image without any settings. */
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
     * The image with a build's additions.
     *
     * @param drivers they replace the catalog's, unless they are {@link Gpu#NONE}
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
