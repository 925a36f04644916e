package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A directory or file of the node that the program in an image can see.
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
     * Reads {@code /source}, {@code /source:/destination} or {@code /source:/destination:ro}. Paths with a colon cannot
     * be written in this form. Paths with a backslash are not possible at all, because Apptainer gives it a meaning of
     * its own.
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

    /** Whether a text is an absolute path without {@code ..}, control characters and backslashes. */
    static boolean isPath(String text) {
        return PATH.matcher(text).matches() && !(text + "/").contains("/../");
    }

    /**
     * Writes an absolute path in its shortest form, so that equal directories have equal texts. Only the root ends with
     * a slash.
     */
    public static String normal(String path) {
        String normal = path.replaceAll("/(\\.?/)*+", "/").replaceAll("/\\.?$", "");
        return normal.isEmpty() ? "/" : normal;
    }

    /**
     * Whether this mount replaces a directory or file of the image, or one below which it lies.
     *
     * @param inImage an absolute path in normal form
     */
    public boolean covers(String inImage) {
        return isBelow(inImage, destination);
    }

    /** Whether the first path equals the second one or lies below it. Both must be in normal form. */
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

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        String target = destination.equals(source) && !readOnly ? "" : ":" + destination;
        return source + target + (readOnly ? ":ro" : "");
    }
}
