package io.jenkins.plugins.slurmapptainer.job;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Environment variables that builds must not set, because something else sets them. */
final class ReservedVariables {
    /** The shell reads or sets these itself; some cannot be set at all. */
    private static final Set<String> SHELL = Set.of(
            "BASH",
            "BASHOPTS",
            "BASHPID",
            "CDPATH",
            "DIRSTACK",
            "ENV",
            "EUID",
            "FUNCNAME",
            "GLOBIGNORE",
            "GROUPS",
            "HOSTNAME",
            "HOSTTYPE",
            "IFS",
            "LINENO",
            "MACHTYPE",
            "OLDPWD",
            "OPTARG",
            "OPTERR",
            "OPTIND",
            "OSTYPE",
            "PIPESTATUS",
            "PPID",
            "PROMPT_COMMAND",
            "PWD",
            "RANDOM",
            "REPLY",
            "SECONDS",
            "SHELLOPTS",
            "SHLVL",
            "UID");

    /** These belong to the account and to the system that the program runs on: the node or the image. */
    private static final Set<String> SYSTEM = Set.of("HOME", "LOGNAME", "PATH", "SHELL", "USER");

    /** Settings that every program reads. A build may set one, but a file's name must not set it by accident. */
    private static final Set<String> SETTINGS =
            Set.of("COLUMNS", "DISPLAY", "EDITOR", "LANG", "LANGUAGE", "LINES", "MAIL", "TERM", "TMPDIR", "TZ");

    private static final Pattern SLURMS = Pattern.compile("(?i)SLURMD?_.*");
    /** {@code APPTAINERENV_} before the last two would change the container's PATH instead. */
    private static final Pattern APPTAINERS =
            Pattern.compile("(APPTAINER|SINGULARITY)(ENV)?_.*|APPEND_PATH|PREPEND_PATH");

    private static final Pattern FILES = Pattern.compile("FILE_.*|FILES_DIR");

    private ReservedVariables() {}

    /** Whether the short variable of a file must not have this name. */
    static boolean isReserved(String name) {
        return SHELL.contains(name) || SYSTEM.contains(name) || SETTINGS.contains(name);
    }

    /** Who sets this variable; empty if a build may set it. */
    static Optional<String> owner(String name) {
        if (SLURMS.matcher(name).matches()) {
            return Optional.of("is Slurm's own");
        }
        if (APPTAINERS.matcher(name).matches()) {
            return Optional.of("is Apptainer's own");
        }
        if (FILES.matcher(name).matches()) {
            return Optional.of("names an attached file");
        }
        if (SHELL.contains(name) || name.startsWith("BASH_") || name.equals("_")) {
            return Optional.of("is the shell's own");
        }
        return SYSTEM.contains(name)
                ? Optional.of("belongs to the node or the image; the script itself can change it")
                : Optional.empty();
    }
}
