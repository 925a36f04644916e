package io.jenkins.plugins.slurmapptainer.job;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables under which a job finds its files: {@code FILE_DATA_INPUT} and {@code INPUT} for a file
 * named {@code DATA_INPUT}, {@code FILE_DATA_CSV} for {@code data.csv}. Two files never share a name.
 */
public final class VariableNames {
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
        String last = lastWord(name);
        if (ReservedVariables.isReserved(last)) {
            throw new InvalidRequestException(
                    "files", "the name " + name + " would also set " + last + "; choose another last word");
        }
        shortName(name).ifPresent(variable -> put(variable, path, name));
    }

    /** The short variable of a named file, if its last word can be one. */
    public static Optional<String> shortName(String name) {
        return Optional.of(lastWord(name)).filter(last -> last.matches("[A-Z][A-Z0-9_]*"));
    }

    private static String lastWord(String name) {
        return name.substring(name.replaceAll("_+$", "").lastIndexOf('_') + 1);
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
