package io.jenkins.plugins.slurmapptainer.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One element of {@code files:} or {@code outputs:}: an Ant pattern below a directory, with an optional name for files.
 *
 * @param name upper-case name of the variable without its prefix, empty if none was given
 * @param pattern Ant pattern, relative, never leaving the directory; {@code .} for everything
 * @param optional whether it may match no file
 */
public record FilePattern(String name, String pattern, boolean optional) implements Serializable {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\s*=\\s*(.*)", Pattern.DOTALL);

    private static final String COMMA = "\\,";

    /** A pattern that must match a file. */
    public FilePattern(String name, String pattern) {
        this(name, pattern, false);
    }

    /**
     * Reads the list of files for a job, separated by commas or lines.
     *
     * @throws InvalidRequestException for a pattern that is absolute, leaves the workspace or is empty
     */
    public static List<FilePattern> parse(String files) {
        return elements(files)
                .map(element -> {
                    Matcher named = NAMED.matcher(element);
                    return named.matches()
                            ? of("files", element, named.group(1).toUpperCase(Locale.ROOT), named.group(2))
                            : of("files", element, "", element);
                })
                .collect(Collectors.toList());
    }

    /**
     * Reads the list of a job's outputs, separated by commas or lines. Outputs have no names.
     *
     * @throws InvalidRequestException for a pattern that is absolute, leaves the working directory or is empty
     */
    public static List<FilePattern> parseOutputs(String outputs) {
        return elements(outputs)
                .map(element -> of("outputs", element, "", element))
                .collect(Collectors.toList());
    }

    /**
     * The same, but some patterns may match no file.
     *
     * @param optional the patterns that may match no file, in the same form; {@code null} for none
     */
    public static List<FilePattern> parseOutputs(String outputs, @CheckForNull String optional) {
        List<FilePattern> free = optional == null ? List.of() : parseOutputs(optional);
        return parseOutputs(outputs).stream()
                .map(pattern -> free.contains(pattern) ? pattern.asOptional() : pattern)
                .toList();
    }

    private static Stream<String> elements(String list) {
        return Arrays.stream(list.split("(?<!\\\\),|[\r\n]"))
                .map(element -> element.strip().replace(COMMA, ","))
                .filter(element -> !element.isEmpty());
    }

    /** Writes one element for a list in one text: a comma within it gets a backslash. */
    public static String escaped(String element) {
        return element.replace(",", COMMA);
    }

    private static FilePattern of(String field, String element, String name, String written) {
        String pattern = plain(written);
        if (pattern.isEmpty() || pattern.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field, element, "there is no file pattern");
        }
        if (pattern.startsWith("/") || pattern.startsWith("~") || pattern.matches("[A-Za-z]:.*")) {
            throw invalid(field, element, "write a path relative to the workspace");
        }
        if (("/" + pattern + "/").contains("/../")) {
            throw invalid(field, element, "'..' would leave the workspace");
        }
        return new FilePattern(name, pattern);
    }

    /**
     * Removes elements without meaning, such as {@code .}. A pattern that ends like a directory means everything below
     * it. If nothing is left, the pattern is {@code .} and means everything.
     */
    private static String plain(String written) {
        if (written.isEmpty() || written.startsWith("/")) {
            return written;
        }
        List<String> elements = Arrays.stream(written.split("/"))
                .filter(element -> !element.isEmpty() && !element.equals("."))
                .toList();
        String pattern = elements.isEmpty() ? "." : String.join("/", elements);
        boolean directory = written.endsWith("/") || written.endsWith("/.");
        return directory && isWild(pattern) && !pattern.endsWith("**") ? pattern + "/**" : pattern;
    }

    private static InvalidRequestException invalid(String field, String element, String why) {
        return new InvalidRequestException(field, "'" + Printable.of(element) + "': " + why);
    }

    /** The same pattern, which may match no file. */
    public FilePattern asOptional() {
        return new FilePattern(name, pattern, true);
    }

    /** Whether the pattern can match more than one file. */
    public boolean isWild() {
        return isWild(pattern);
    }

    private static boolean isWild(String pattern) {
        return pattern.contains("*") || pattern.contains("?");
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return escaped(name.isEmpty() ? pattern : name + "=" + pattern);
    }
}
