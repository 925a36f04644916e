package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Names that an administrator has listed, one a line. {@code *} stands for any characters within a name; {@code /}
 * separates the names of folders. An empty list is no restriction. Immutable.
 */
public final class NamePatterns {
    /** Stands for the top level, outside of all folders. */
    public static final String TOP = "/";
    /** The longest name with all its folders, in characters: the longest path on Linux. */
    private static final int MAX = 4096;

    private final List<String> patterns;

    private NamePatterns(List<String> patterns) {
        this.patterns = patterns;
    }

    /** Reads the lines of a setting. Blanks around names and empty lines are ignored. */
    public static NamePatterns of(String lines) {
        return new NamePatterns(lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toUnmodifiableList()));
    }

    /** The patterns as they were written. */
    public List<String> patterns() {
        return patterns;
    }

    /**
     * Keeps the patterns that fulfil a condition. If none is left, the result restricts nothing, so callers must check
     * that first.
     */
    public NamePatterns only(Predicate<String> condition) {
        return new NamePatterns(patterns.stream().filter(condition).collect(Collectors.toUnmodifiableList()));
    }

    /** Whether everything is allowed. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether a name is allowed. */
    public boolean allows(String name) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /**
     * Whether a folder's contents are allowed: if the folder or one around it is listed.
     *
     * @param folder its full name, empty for the top level
     */
    public boolean allowsFolder(String folder) {
        if (patterns.isEmpty()) {
            return true;
        }
        if (folder.isEmpty()) {
            return patterns.contains(TOP);
        }
        for (int end = folder.length(); end > 0; end = folder.lastIndexOf('/', end - 1)) {
            String around = folder.substring(0, end);
            if (patterns.stream().anyMatch(pattern -> matches(pattern, around))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes at most a time in proportion to the product of both lengths, because only the last {@code *} is tried
     * again. A text longer than any name matches nothing.
     */
    private static boolean matches(String pattern, String name) {
        if (pattern.length() > MAX || name.length() > MAX) {
            return false;
        }
        int p = 0;
        int n = 0;
        int star = -1;
        int tried = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                tried = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0 && name.charAt(tried) != '/') {
                p = star + 1;
                n = ++tried;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}
