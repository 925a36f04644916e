package io.jenkins.plugins.slurmapptainer.job;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a build wants its script to run on the node. The text has been read, but not yet checked against the image and
 * the cluster. Immutable.
 */
public final class LaunchRequest {
    private final List<Bind> binds;
    private final Set<ContainerFlag> flags;
    private final Gpu gpu;
    private final WorkingDirectory workingDirectory;
    private final Home home;
    private final List<String> interpreter;
    private final Launch launch;

    private LaunchRequest(
            List<Bind> binds,
            Set<ContainerFlag> flags,
            Gpu gpu,
            WorkingDirectory workingDirectory,
            Home home,
            List<String> interpreter,
            Launch launch) {
        this.launch = launch;
        this.home = home;
        this.interpreter = interpreter;
        this.binds = binds;
        this.flags = flags;
        this.gpu = gpu;
        this.workingDirectory = workingDirectory;
    }

    /**
     * Checks everything that can be checked without image and cluster.
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
                Interpreter.parse(values.getOrDefault(LaunchOption.INTERPRETER, "")),
                Launch.parse(
                        values.getOrDefault(LaunchOption.LAUNCH, "").strip(),
                        values.getOrDefault(LaunchOption.MPI, "").strip()));
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

    /** The program that must run the script, whatever the script says; empty if script or image decide. */
    public List<String> interpreter() {
        return interpreter;
    }

    /**
     * How the script is started.
     *
     * @param image whether the job has an image
     * @throws InvalidRequestException for what makes no sense with or without it
     */
    public Launch launch(boolean image) {
        launch.check(image);
        return launch;
    }

    /** The build's choice of the home directory. */
    public Home home() {
        return home;
    }

    /** Whether the program runs in the workspace itself. */
    public boolean isInWorkspace() {
        return workingDirectory.kind() == WorkingDirectory.Kind.WORKSPACE;
    }

    /**
     * Adds the build's choices to the image.
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
     * Checks that the build requests nothing that only works in an image.
     *
     * @throws InvalidRequestException when it does
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

    /** The directory where the program runs, in the image if there is one. */
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
     * Directories of the node, besides the job's own, that may contain outputs: those that builds may mount, and the
     * mount of the image's entry that contains the working directory.
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
