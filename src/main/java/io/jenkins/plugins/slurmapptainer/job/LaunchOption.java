package io.jenkins.plugins.slurmapptainer.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The options of a build that say how its script runs on the node; Slurm has nothing to do with them. The names are stored
 * in jobs and builds: they never change.
 */
public enum LaunchOption {
    /** Lines of what {@link Bind#parse} reads. */
    BINDS("binds"),
    CONTAINALL("containall", true),
    WRITABLE_TMPFS("writableTmpfs", true),
    NV("nv", true),
    ROCM("rocm", true),
    WORKING_DIRECTORY("workingDirectory"),
    /** What {@link Home#parse} reads. */
    HOME("home"),
    INTERPRETER("interpreter"),
    /** Relative to the workspace. */
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

    /** The option of a parameter, if that is one. */
    public static Optional<LaunchOption> ofField(String field) {
        return Arrays.stream(values())
                .filter(option -> option.field.equals(field))
                .findFirst();
    }

    /** Whether it is either set or not. */
    public boolean isFlag() {
        return flag;
    }

    /** Whether a script that runs without an image has no use for it. */
    public boolean isOfContainer() {
        return this == BINDS || isFlag();
    }

    /** Whether a value makes sense for one job only. */
    public boolean isOfOneJob() {
        return this == SCRIPT_FILE;
    }

    /** A value as options have it: several mounts that are separated by commas become lines. */
    public String normal(String value) {
        return this == BINDS
                ? Arrays.stream(value.split("[,\\n]"))
                        .map(String::strip)
                        .filter(bind -> !bind.isEmpty())
                        .collect(Collectors.joining("\n"))
                : value;
    }

    /**
     * A value with its variables replaced. A variable makes no further mounts: each is written by itself.
     *
     * @throws InvalidRequestException when one would
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
     * Whether a value keeps to what a rule lists. Of paths, those below a listed one do, too.
     *
     * @return the part that does not, nothing if all do
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
