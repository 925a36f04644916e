package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One element of {@code files:}, an Ant pattern below the workspace with an optional name.
 *
 * @param name upper-case name of the variable without its prefix, empty if none was given
 * @param pattern Ant pattern, relative, never leaving the workspace
 */
public record FilePattern(String name, String pattern) implements Serializable {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\s*=\\s*(.*)", Pattern.DOTALL);

    /**
     * Reads a comma- or line-separated list.
     *
     * @throws InvalidRequestException for a pattern that is absolute, leaves the workspace or is empty
     */
    public static List<FilePattern> parse(String files) {
        List<FilePattern> patterns = new ArrayList<>();
        for (String element : files.split("[,\r\n]")) {
            if (!element.isBlank()) {
                patterns.add(parseOne(element.strip()));
            }
        }
        return patterns;
    }

    private static FilePattern parseOne(String element) {
        Matcher named = NAMED.matcher(element);
        String name = named.matches() ? named.group(1).toUpperCase(Locale.ROOT) : "";
        String pattern = (named.matches() ? named.group(2) : element).replaceFirst("^(\\./+)+", "");
        if (pattern.isEmpty() || pattern.chars().anyMatch(Character::isISOControl)) {
            throw invalid(element, "there is no file pattern");
        }
        if (pattern.startsWith("/") || pattern.startsWith("~") || pattern.matches("[A-Za-z]:.*")) {
            throw invalid(element, "write a path relative to the workspace");
        }
        if (("/" + pattern + "/").contains("/../")) {
            throw invalid(element, "'..' would leave the workspace");
        }
        return new FilePattern(name, pattern);
    }

    private static InvalidRequestException invalid(String element, String why) {
        return new InvalidRequestException("files", "'" + Printable.of(element) + "': " + why);
    }

    /** Whether the pattern can match more than one file. */
    public boolean isWild() {
        return pattern.contains("*") || pattern.contains("?");
    }

    @Override
    public String toString() {
        return name.isEmpty() ? pattern : name + "=" + pattern;
    }
}
