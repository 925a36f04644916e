package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How image files are named below a directory: layouts such as {@code <type>/<name>_<version>.sif}, separated by
 * commas. The first one that matches a file counts. {@code *} stands for anything but a slash. A scan goes no deeper
 * than the layout with the most slashes. Immutable.
 */
public final class FileLayouts {
    /** The default: directories are types, and files without type or version are found too. */
    public static final String USUAL =
            "<type>/<name>_<version>.sif, <type>/<name>.sif, <name>_<version>.sif, <name>.sif";

    private static final int MAX_DEPTH = 8;
    private static final Pattern TOKEN = Pattern.compile("<([a-z]*)>|\\*|[^<*]+|<");

    private final List<Pattern> patterns = new ArrayList<>();
    private int depth;

    private FileLayouts() {}

    /** @throws InvalidRequestException for a text that is no list of layouts */
    public static FileLayouts parse(String text) {
        FileLayouts layouts = new FileLayouts();
        for (String layout : text.split("[,\n]")) {
            if (!layout.isBlank()) {
                layouts.add(layout.strip());
            }
        }
        if (layouts.patterns.isEmpty()) {
            throw new InvalidRequestException("layouts", "write at least one layout, for example " + USUAL);
        }
        return layouts;
    }

    private void add(String layout) {
        int slashes = (int) layout.chars().filter(c -> c == '/').count();
        if (layout.startsWith("/")
                || layout.endsWith("/")
                || ("/" + layout + "/").contains("/../")
                || slashes >= MAX_DEPTH) {
            throw invalid(layout, "it is a path below the directory with at most " + MAX_DEPTH + " parts");
        }
        StringBuilder regex = new StringBuilder();
        boolean named = false;
        Matcher token = TOKEN.matcher(layout);
        while (token.find()) {
            String name = token.group(1);
            if (name == null) {
                regex.append(token.group().equals("*") ? "[^/]*" : Pattern.quote(token.group()));
            } else if (!List.of("type", "name", "version").contains(name) || regex.indexOf("?<" + name + ">") >= 0) {
                throw invalid(layout, "it may have <type>, <name>, <version> and *, each name once");
            } else {
                named = named || name.equals("name");
                regex.append("(?<").append(name).append(">[^/]+)");
            }
        }
        if (!named) {
            throw invalid(layout, "it lacks <name>");
        }
        patterns.add(Pattern.compile(regex.toString()));
        depth = Math.max(depth, slashes + 1);
    }

    private static InvalidRequestException invalid(String layout, String problem) {
        return new InvalidRequestException("layouts", "'" + Printable.of(layout) + "' cannot be used: " + problem);
    }

    /** How many levels of directories contain files: 1 if only the directory itself does. */
    public int depth() {
        return depth;
    }

    /**
     * Reads the parts of a file's name.
     *
     * @param relative path below the directory, with slashes
     * @return empty if the name matches no layout
     */
    public Optional<Fit> fit(String relative) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(relative);
            if (matcher.matches()) {
                return Optional.of(new Fit(group(matcher, "type"), group(matcher, "name"), group(matcher, "version")));
            }
        }
        return Optional.empty();
    }

    private static String group(Matcher matcher, String name) {
        return matcher.pattern().pattern().contains("?<" + name + ">") ? matcher.group(name) : "";
    }

    /** The parts of a file's name; type and version may be empty. */
    public record Fit(String type, String name, String version) {}
}
