package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.tools.ant.types.selectors.TokenizedPath;
import org.apache.tools.ant.types.selectors.TokenizedPattern;

/**
 * Which names below a directory a pattern matches. Without wildcards it matches one file, or all files below a
 * directory.
 */
final class FileMatch {
    private final String start;
    private final TokenizedPattern pattern;

    FileMatch(FilePattern pattern) {
        String text = pattern.pattern();
        String fixed = text.equals(".") ? "" : text;
        if (pattern.isWild()) {
            List<String> directories = new ArrayList<>();
            for (String element : text.split("/")) {
                if (element.contains("*") || element.contains("?")) {
                    break;
                }
                directories.add(element);
            }
            fixed = String.join("/", directories);
        }
        this.start = fixed;
        this.pattern = new TokenizedPattern(pattern.isWild() ? text : fixed.isEmpty() ? "**" : fixed + "/**");
    }

    /** The part before the first wildcard, a directory or a file; empty for the base directory. */
    String start() {
        return start;
    }

    /** Whether the pattern matches this file. */
    boolean isMeant(Path name) {
        return pattern.matchPath(new TokenizedPath(name.toString()), true);
    }

    /** Whether the pattern may match files below this directory. */
    boolean mayBeAbove(Path name) {
        return pattern.matchStartOf(new TokenizedPath(name.toString()), true);
    }
}
