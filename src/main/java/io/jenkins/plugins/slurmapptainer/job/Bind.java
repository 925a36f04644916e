package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A directory or file of the host that the program in an image sees.
 *
 * @param source absolute path on the compute node
 * @param destination absolute path in the image
 * @param readOnly whether the program must not write there
 */
public record Bind(String source, String destination, boolean readOnly) implements Serializable {
    private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}\\\\]*");

    public Bind {
        source = path(source);
        destination = path(destination);
    }

    /**
     * Reads {@code /source}, {@code /source:/destination}, {@code /source:/destination:ro}; paths with a colon cannot be
     * written this way, those with a backslash not at all: Apptainer has a meaning of its own for it.
     *
     * @throws InvalidRequestException for anything else
     */
    public static Bind parse(String text) {
        String[] parts = text.strip().split(":", -1);
        boolean mode = parts.length == 3 && (parts[2].equals("ro") || parts[2].equals("rw"));
        if (parts.length > 3 || parts.length == 3 && !mode) {
            throw invalid(text);
        }
        return new Bind(parts[0], parts.length > 1 ? parts[1] : parts[0], mode && parts[2].equals("ro"));
    }

    private static String path(String text) {
        if (!isPath(text)) {
            throw invalid(text);
        }
        return normal(text);
    }

    /** Whether a text is an absolute path that never goes up, without control characters and backslashes. */
    static boolean isPath(String text) {
        return PATH.matcher(text).matches() && !(text + "/").contains("/../");
    }

    /** An absolute path without anything that names the same directory twice; no slash at the end but the root's. */
    public static String normal(String path) {
        String normal = path.replaceAll("/(\\.?/)*+", "/").replaceAll("/\\.?$", "");
        return normal.isEmpty() ? "/" : normal;
    }

    /**
     * Whether the program would see a directory of the image, or a file in it, through this mount.
     *
     * @param inImage an absolute path in normal form
     */
    public boolean covers(String inImage) {
        return isBelow(inImage, destination);
    }

    /** Whether a path is another or below it; both in normal form. */
    static boolean isBelow(String path, String directory) {
        return (path + "/").startsWith(directory.equals("/") ? "/" : directory + "/");
    }

    private static InvalidRequestException invalid(String text) {
        return new InvalidRequestException(
                "binds",
                "'" + Printable.of(text)
                        + "' is not of the form /path, /path:/path/in/image or /path:/path/in/image:ro with absolute paths,"
                        + " without '..' and backslashes");
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String target = destination.equals(source) && !readOnly ? "" : ":" + destination;
        return source + target + (readOnly ? ":ro" : "");
    }
}
