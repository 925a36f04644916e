package io.jenkins.plugins.slurmapptainer.job;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The environment variables under which a job finds its files: {@code FILE_DATA_INPUT} and {@code INPUT} for a file
 * named {@code DATA_INPUT}, {@code FILE_DATA_CSV} for {@code data.csv}. Two files never share a name.
 */
public final class VariableNames {
    /** Variables that the shell, the loader or every program reads: a file's short name must not replace them. */
    private static final Set<String> RESERVED = Set.of(
            "BASH",
            "BASHOPTS",
            "BASHPID",
            "CDPATH",
            "COLUMNS",
            "DIRSTACK",
            "DISPLAY",
            "EDITOR",
            "ENV",
            "EUID",
            "FUNCNAME",
            "GLOBIGNORE",
            "GROUPS",
            "HOME",
            "HOSTNAME",
            "HOSTTYPE",
            "IFS",
            "LANG",
            "LANGUAGE",
            "LINENO",
            "LINES",
            "LOGNAME",
            "MACHTYPE",
            "MAIL",
            "OLDPWD",
            "OPTARG",
            "OPTERR",
            "OPTIND",
            "OSTYPE",
            "PATH",
            "PIPESTATUS",
            "PPID",
            "PWD",
            "RANDOM",
            "REPLY",
            "SECONDS",
            "SHELL",
            "SHELLOPTS",
            "SHLVL",
            "TERM",
            "TMPDIR",
            "TZ",
            "UID",
            "USER");

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Adds the two variables of a named file.
     *
     * @param name as in {@link FilePattern#name()}
     * @throws InvalidRequestException when a name is taken or reserved
     */
    public void addNamed(String name, String path) {
        put("FILE_" + name, path, name);
        String last = name.substring(name.replaceAll("_+$", "").lastIndexOf('_') + 1);
        if (RESERVED.contains(last)) {
            throw new InvalidRequestException(
                    "files", "the name " + name + " would also set " + last + "; choose another last word");
        }
        if (last.matches("[A-Z][A-Z0-9_]*")) {
            put(last, path, name);
        }
    }

    /** Adds the variable of a file that is named after itself, by its path below the workspace. */
    public void addOwn(String relative, String path) {
        put("FILE_" + relative.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_"), path, relative);
    }

    private void put(String variable, String path, String source) {
        String other = sources.putIfAbsent(variable, source);
        if (other != null && !path.equals(values.get(variable))) {
            throw new InvalidRequestException(
                    "files",
                    "'" + Printable.of(other) + "' and '" + Printable.of(source) + "' would both be " + variable
                            + "; name one of them, as in NAME=file");
        }
        values.put(variable, path);
    }

    /** Variable to path, in the order of addition. */
    public Map<String, String> values() {
        return values;
    }
}
