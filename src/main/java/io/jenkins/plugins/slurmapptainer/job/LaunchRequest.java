package io.jenkins.plugins.slurmapptainer.job;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a build wants its script to run on the node: read from what was written, but not yet held against the image and the
 * cluster.
 */
public final class LaunchRequest {
    private final List<Bind> binds;
    private final Set<ContainerFlag> flags;
    private final Gpu gpu;
    private final WorkingDirectory workingDirectory;
    private final Home home;
    private final List<String> interpreter;

    private LaunchRequest(
            List<Bind> binds,
            Set<ContainerFlag> flags,
            Gpu gpu,
            WorkingDirectory workingDirectory,
            Home home,
            List<String> interpreter) {
        this.home = home;
        this.interpreter = interpreter;
        this.binds = binds;
        this.flags = flags;
        this.gpu = gpu;
        this.workingDirectory = workingDirectory;
    }

    /**
     * Checks all that can be checked for itself.
     *
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    public static LaunchRequest of(Map<LaunchOption, String> values) {
        List<Bind> binds = values.getOrDefault(LaunchOption.BINDS, "")
                .lines()
                .filter(line -> !line.isBlank())
                .map(Bind::parse)
                .toList();
        for (Bind bind : binds) {
            if (bind.destination().equals("/")) {
                throw new InvalidRequestException(
                        LaunchOption.BINDS.field(),
                        "'" + bind + "' would hide the whole image; name a directory in it");
            }
        }
        Set<ContainerFlag> flags = EnumSet.noneOf(ContainerFlag.class);
        for (ContainerFlag flag : ContainerFlag.values()) {
            if (isSet(values, flag.asked())) {
                flags.add(flag);
            }
        }
        if (isSet(values, LaunchOption.NV) && isSet(values, LaunchOption.ROCM)) {
            throw new InvalidRequestException(
                    LaunchOption.ROCM.field(), "a program gets the drivers of one maker; set either nv or rocm");
        }
        Gpu gpu = isSet(values, LaunchOption.NV) ? Gpu.NV : isSet(values, LaunchOption.ROCM) ? Gpu.ROCM : Gpu.NONE;
        WorkingDirectory directory = WorkingDirectory.parse(
                values.getOrDefault(LaunchOption.WORKING_DIRECTORY, "").strip());
        Home home = Home.parse(values.getOrDefault(LaunchOption.HOME, "").strip());
        return new LaunchRequest(
                binds,
                flags,
                gpu,
                directory,
                home,
                Interpreter.parse(values.getOrDefault(LaunchOption.INTERPRETER, "")));
    }

    /**
     * Checks the value of one option by itself.
     *
     * @throws InvalidRequestException naming the parameter
     */
    public static void check(LaunchOption option, String value) {
        if (option.isFlag() && !value.equals("true") && !value.equals("false")) {
            throw new InvalidRequestException(
                    option.field(), "'" + Printable.of(value) + "' is neither true nor false");
        }
        of(Map.of(option, option.normal(value)));
    }

    private static void checkDestination(LaunchOption option, Bind bind, BindRoots roots) {
        if (BuildMounts.isProgram(bind.destination()) && !roots.areAll()) {
            throw new InvalidRequestException(
                    option.field(),
                    "'" + bind
                            + "' would replace programs of the image that check mounts; mount it elsewhere, or"
                            + " have an administrator write it into the image's entry in the catalog");
        }
    }

    private static boolean isSet(Map<LaunchOption, String> values, LaunchOption option) {
        return "true".equals(values.get(option));
    }

    /** What runs the script, whatever the script says; empty for what the script or the image says. */
    public List<String> interpreter() {
        return interpreter;
    }

    /** The home directory that the build chooses. */
    public Home home() {
        return home;
    }

    /** Whether the program runs in the workspace itself. */
    public boolean isInWorkspace() {
        return workingDirectory.kind() == WorkingDirectory.Kind.WORKSPACE;
    }

    /**
     * What the image becomes for this build.
     *
     * @param roots what builds may mount
     * @throws InvalidRequestException for a mount that is not allowed
     */
    public ContainerImage inImage(ContainerImage image, BindRoots roots) {
        for (Bind bind : binds) {
            roots.check(LaunchOption.BINDS.field(), bind.source());
            checkDestination(LaunchOption.BINDS, bind, roots);
        }
        List<Bind> mounted = new ArrayList<>(binds);
        if (workingDirectory.isPath() && !workingDirectory.isUnder(all(image))) {
            roots.check(LaunchOption.WORKING_DIRECTORY.field(), workingDirectory.host());
            checkDestination(LaunchOption.WORKING_DIRECTORY, ownMount(), roots);
            mounted.add(ownMount());
        }
        return image.forBuild(gpu, flags, new BuildMounts(mounted, roots.paths()));
    }

    /**
     * Checks that nothing is asked for that only an image can have.
     *
     * @throws InvalidRequestException if there is
     */
    public void onHost() {
        Optional<LaunchOption> wanted = !binds.isEmpty()
                ? Optional.of(LaunchOption.BINDS)
                : gpu != Gpu.NONE
                        ? Optional.of(gpu == Gpu.NV ? LaunchOption.NV : LaunchOption.ROCM)
                        : flags.stream().map(ContainerFlag::asked).findFirst();
        wanted.ifPresent(option -> {
            throw new InvalidRequestException(
                    option.field(),
                    "the script runs on the host, where this has no effect; name an image, or leave it out");
        });
    }

    /** Where the program runs, in the image if there is one. */
    public WorkingDirectory workingDirectory(Optional<ContainerImage> image) {
        return image.map(this::inside).orElse(workingDirectory);
    }

    private WorkingDirectory inside(ContainerImage image) {
        List<Bind> all = all(image);
        if (workingDirectory.isPath() && !workingDirectory.isUnder(all)) {
            all.add(ownMount());
        }
        return workingDirectory.under(all);
    }

    private Bind ownMount() {
        return new Bind(workingDirectory.host(), workingDirectory.inside(), false);
    }

    /**
     * Directories of the node below which outputs may lie, besides those of the job itself: what builds may mount, and what the
     * image's entry mounts where the program runs.
     */
    public List<String> outputRoots(Optional<ContainerImage> image, BindRoots roots) {
        List<String> all = new ArrayList<>(roots.paths());
        image.ifPresent(found -> found.binds().stream()
                .filter(bind -> workingDirectory.isPath() && workingDirectory.isUnder(List.of(bind)))
                .map(Bind::source)
                .forEach(all::add));
        return all;
    }

    private List<Bind> all(ContainerImage image) {
        List<Bind> all = new ArrayList<>(image.binds());
        all.addAll(binds);
        return all;
    }
}
