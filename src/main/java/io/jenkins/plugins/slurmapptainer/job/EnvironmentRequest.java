package io.jenkins.plugins.slurmapptainer.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code env} option as it was written: names of build variables, and {@code NAME=value}. Messages name variables
 * but never show a value, because it may be a secret.
 */
public final class EnvironmentRequest {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final List<Entry> entries;

    private EnvironmentRequest(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * @param text as it was written
     * @param place number of the element that the entry comes from
     */
    private record Entry(String text, int place) {
        /** The text before the equals sign, or all of it. */
        String name() {
            return text.substring(0, hasValue() ? text.indexOf('=') : text.length())
                    .strip();
        }

        boolean hasValue() {
            return text.indexOf('=') >= 0;
        }

        String value() {
            return text.substring(text.indexOf('=') + 1);
        }
    }

    /** The elements of a text, separated by commas or lines. */
    public static List<String> elements(String text) {
        return Stream.of(text.split("[,\r\n]"))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .collect(Collectors.toList());
    }

    /** The names of all variables of a list. */
    public static Set<String> names(List<String> elements) {
        return of(elements).entries.stream().map(Entry::name).collect(Collectors.toSet());
    }

    /**
     * Reads a list. If an element has an equals sign, everything after the first one is the value, unchanged. An
     * element without one may hold several names, separated by commas.
     */
    public static EnvironmentRequest of(List<String> elements) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            String element = elements.get(i);
            List<String> parts = element.indexOf('=') >= 0 ? List.of(element) : elements(element);
            for (String part : parts) {
                entries.add(new Entry(part, i + 1));
            }
        }
        return new EnvironmentRequest(entries);
    }

    /**
     * Finds the values.
     *
     * @param build the variables of the build
     * @param files names under which the job finds attached files
     * @throws InvalidRequestException for something that is no name, or for a name that is given twice, is reserved or
     *     has no value
     */
    public JobEnvironment resolve(Map<String, String> build, List<String> files) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Entry entry : entries) {
            String name = entry.name();
            if (!entry.hasValue() && !build.containsKey(name)) {
                refuseValue(entry, build);
            }
            if (!NAME.matcher(name).matches()) {
                throw invalid("element " + entry.place() + " is neither a name nor NAME=value; a name has letters,"
                        + " digits and underscores");
            }
            Optional<String> owner = ReservedVariables.owner(name);
            if (owner.isPresent()) {
                throw invalid("'" + name + "' " + owner.get());
            }
            if (files.contains(name)) {
                throw invalid("'" + name + "' also names an attached file; choose another name there");
            }
            String value = entry.hasValue() ? entry.value() : build.get(name);
            if (value == null) {
                throw missing(name, build);
            }
            if (values.putIfAbsent(name, value) != null) {
                throw invalid("'" + name + "' is given twice");
            }
        }
        return JobEnvironment.of(values);
    }

    /**
     * Refuses an element that is a value: somebody wrote {@code "$TOKEN"} and meant {@code 'TOKEN'}. The message does
     * not repeat it.
     */
    private static void refuseValue(Entry entry, Map<String, String> build) {
        String text = entry.text();
        build.entrySet().stream()
                .filter(variable -> variable.getValue().equals(text))
                .map(Map.Entry::getKey)
                .min(String::compareTo)
                .ifPresent(name -> {
                    throw invalid("element " + entry.place() + " is the value of '" + name + "'; write its name");
                });
    }

    private static InvalidRequestException missing(String name, Map<String, String> build) {
        List<String> near = NearMisses.of(build.keySet(), name);
        return invalid("the build has no variable '" + name + "'"
                + (near.isEmpty()
                        ? "; set it around this step with withEnv or withCredentials, or write '" + name + "=value'"
                        : "; did you mean " + String.join(" or ", near) + "?"));
    }

    private static InvalidRequestException invalid(String why) {
        return new InvalidRequestException("env", why);
    }
}
