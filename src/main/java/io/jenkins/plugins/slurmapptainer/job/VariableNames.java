package io.jenkins.plugins.slurmapptainer.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment variables that lead a job to its files. A file named {@code DATA_INPUT} has {@code FILE_DATA_INPUT}
 * and {@code INPUT}; {@code data.csv} without a name has {@code FILE_DATA_CSV}. Two files never share a variable: names
 * that somebody wrote must not clash, and files that wildcards find go without a variable if they would. Not safe for
 * several threads.
 */
public final class VariableNames {
    private static final int MAX_NOTES = 5;
    private static final int MAX_SHOWN = 3;

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    /** Files without a name of their own, by the variable that each would have. */
    private final Map<String, Map<String, String>> found = new LinkedHashMap<>();

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

    /** The short variable of a named file; empty if the last word of its name cannot be one. */
    public static Optional<String> shortName(String name) {
        return Optional.of(lastWord(name)).filter(last -> last.matches("[A-Z][A-Z0-9_]*"));
    }

    private static String lastWord(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '_') {
            end--;
        }
        return name.substring(name.lastIndexOf('_', end - 1) + 1);
    }

    /**
     * Adds the variable of a file without a given name. It is made of the file's path below the workspace.
     *
     * @throws InvalidRequestException when the name is taken
     */
    public void addOwn(String relative, String path) {
        put(own(relative), path, relative);
    }

    /** The same for a file that a wildcard found. If the variable is taken, the file goes without one. */
    public void addFound(String relative, String path) {
        found.computeIfAbsent(own(relative), name -> new LinkedHashMap<>()).put(relative, path);
    }

    private static String own(String relative) {
        return "FILE_" + relative.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
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

    /** Path by variable, in the order of addition; files that wildcards found come last. */
    public Map<String, String> values() {
        Map<String, String> all = new LinkedHashMap<>(values);
        found.forEach((variable, files) -> {
            if (isFree(variable, files)) {
                all.put(variable, files.values().iterator().next());
            }
        });
        return all;
    }

    private boolean isFree(String variable, Map<String, String> files) {
        return files.size() == 1 && !values.containsKey(variable);
    }

    /** Which files that wildcards found have no variable, and why. One line for each variable that they would share. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        found.forEach((variable, files) -> {
            List<String> without = files.keySet().stream()
                    .filter(file -> !files.get(file).equals(values.get(variable)))
                    .toList();
            if (!isFree(variable, files) && !without.isEmpty()) {
                notes.add("No variable for " + shown(without) + ": "
                        + (values.containsKey(variable)
                                ? variable + " is " + Printable.of(sources.get(variable))
                                : "each would be " + variable)
                        + "; to have one, name the file, as in NAME=file");
            }
        });
        return notes.size() <= MAX_NOTES
                ? notes
                : Stream.concat(
                                notes.stream().limit(MAX_NOTES),
                                Stream.of("No variable for more files, for " + (notes.size() - MAX_NOTES)
                                        + " more names that they would share"))
                        .toList();
    }

    private static String shown(List<String> files) {
        String some = files.stream()
                .limit(MAX_SHOWN)
                .map(file -> "'" + Printable.of(file) + "'")
                .collect(Collectors.joining(", "));
        return files.size() <= MAX_SHOWN ? some : some + " and " + (files.size() - MAX_SHOWN) + " more";
    }
}
