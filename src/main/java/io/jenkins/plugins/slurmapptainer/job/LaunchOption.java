package io.jenkins.plugins.slurmapptainer.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The options of a build that say how its script runs on the node. Slurm does not know them. The names are saved in
 * jobs and builds: they never change.
 */
public enum LaunchOption {
    /** Lines that {@link Bind#parse} reads. */
    BINDS("binds"),
    CONTAINALL("containall", true),
    WRITABLE_TMPFS("writableTmpfs", true),
    NV("nv", true),
    ROCM("rocm", true),
    WORKING_DIRECTORY("workingDirectory"),
    /** A value that {@link Home#parse} reads. */
    HOME("home"),
    INTERPRETER("interpreter"),
    /** With {@link #MPI}, what {@link Launch#parse} reads. */
    LAUNCH("launch"),
    MPI("mpi"),
    /** A path relative to the workspace. */
    SCRIPT_FILE("scriptFile");

    private final String field;
    private final boolean flag;

    LaunchOption(String field) {
        this(field, false);
    }

    LaunchOption(String field, boolean flag) {
        this.field = field;
        this.flag = flag;
    }

    /** The parameter's name in a Jenkinsfile. */
    public String field() {
        return field;
    }

    /** The option of a parameter; empty if the parameter is none of these. */
    public static Optional<LaunchOption> ofField(String field) {
        return Arrays.stream(values())
                .filter(option -> option.field.equals(field))
                .findFirst();
    }

    /** Whether it has no value and is either set or not. */
    public boolean isFlag() {
        return flag;
    }

    /** Whether it has no effect on a script that runs without an image. */
    public boolean isOfContainer() {
        return this == BINDS || isFlag();
    }

    /** Whether a value makes sense for one job only. */
    public boolean isOfOneJob() {
        return this == SCRIPT_FILE;
    }

    /** A value in the form that is saved: mounts separated by commas become lines. */
    public String normal(String value) {
        return this == BINDS
                ? Arrays.stream(value.split("[,\\n]"))
                        .map(String::strip)
                        .filter(bind -> !bind.isEmpty())
                        .collect(Collectors.joining("\n"))
                : value;
    }

    /**
     * Replaces the variables in a value. A variable must not add mounts: each mount is written separately.
     *
     * @throws InvalidRequestException when a variable would add a mount
     */
    public String rewritten(String value, UnaryOperator<String> rewrite) {
        return this == BINDS
                ? value.lines().map(bind -> oneMount(bind, rewrite.apply(bind))).collect(Collectors.joining("\n"))
                : rewrite.apply(value);
    }

    private String oneMount(String bind, String replaced) {
        if (!replaced.equals(bind) && replaced.matches("(?s).*[,\n\r].*")) {
            throw new InvalidRequestException(
                    field,
                    "a variable in '" + Printable.of(bind)
                            + "' has a comma or a line break, which would make several mounts; write each by itself");
        }
        return replaced;
    }

    /**
     * Checks a value against the list of a rule. A path is also allowed below a listed one.
     *
     * @return the first part that is not allowed; empty if all are
     */
    public Optional<String> notAmong(NamePatterns allowed, String value) {
        return normal(value)
                .lines()
                .filter(part -> !allowed.allows(part) && !allowed.allowsFolder(this == BINDS ? source(part) : part))
                .findFirst();
    }

    private static String source(String bind) {
        return Bind.parse(bind).source();
    }
}
