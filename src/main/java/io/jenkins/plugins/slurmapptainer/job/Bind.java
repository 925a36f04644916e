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
    private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}]*");

    public Bind {
        checkPath(source);
        checkPath(destination);
    }

    /**
     * Reads {@code /source}, {@code /source:/destination}, {@code /source:/destination:ro}; paths with a colon cannot be
     * written this way.
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

    private static void checkPath(String path) {
        if (!isPath(path)) {
            throw invalid(path);
        }
    }

    /** Whether a text is an absolute path that never goes up, without control characters. */
    static boolean isPath(String text) {
        return PATH.matcher(text).matches() && !(text + "/").contains("/../");
    }

    private static InvalidRequestException invalid(String text) {
        return new InvalidRequestException(
                "binds",
                "'" + Printable.of(text)
                        + "' is not of the form /path, /path:/path/in/image or /path:/path/in/image:ro with absolute paths");
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String target = destination.equals(source) && !readOnly ? "" : ":" + destination;
        return source + target + (readOnly ? ":ro" : "");
    }
}
