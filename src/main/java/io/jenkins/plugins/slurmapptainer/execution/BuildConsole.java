package io.jenkins.plugins.slurmapptainer.execution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Output of a job and lines about it on one stream. A line about it begins on a line of its own, and so does what another task has
 * printed; what the same one prints next goes on where it was, if nothing came between.
 */
public final class BuildConsole {
    /** Stands before each line about a job. */
    static final String PREFIX = "[Slurm] ";

    private final PrintStream out;
    private final LineVisibility visibility;
    private final Charset encoding;
    /** By what stands before the lines. */
    private final Map<String, ToUtf8> conversions = new HashMap<>();

    private final Set<String> saidOnce = new HashSet<>();
    /** What stands before the lines of whoever has not ended the last one, {@code null} if it is ended. */
    private String open;

    /** On a stream that keeps nothing back. */
    public BuildConsole(PrintStream out) {
        this(out, LineVisibility.ALWAYS);
    }

    /**
     * On a stream that keeps nothing back.
     *
     * @param encoding of the output; the stream gets UTF-8
     */
    public BuildConsole(PrintStream out, Charset encoding) {
        this(out, LineVisibility.ALWAYS, encoding);
    }

    /** @param visibility finds out whether the stream keeps back what has no end */
    public BuildConsole(PrintStream out, LineVisibility visibility) {
        this(out, visibility, StandardCharsets.UTF_8);
    }

    /** @param encoding of the output; the stream gets UTF-8 */
    public BuildConsole(PrintStream out, LineVisibility visibility, Charset encoding) {
        this.out = out;
        this.visibility = visibility;
        this.encoding = encoding;
    }

    /**
     * Shows output as it came.
     *
     * @throws IOException if the log cannot be written, for example because Pipeline has closed it: Jenkins is ending
     */
    public synchronized void output(byte[] bytes, int length) throws IOException {
        show("", bytes, length);
    }

    /** The same of one task of an array, with its index before each line. */
    public synchronized void taskOutput(int task, byte[] bytes, int length) throws IOException {
        show("[" + task + "] ", bytes, length);
    }

    private void show(String prefix, byte[] printed, int count) throws IOException {
        byte[] bytes = printed;
        int length = count;
        if (!encoding.equals(StandardCharsets.UTF_8)) {
            bytes = conversions
                    .computeIfAbsent(prefix, key -> new ToUtf8(encoding))
                    .convert(printed, count);
            length = bytes.length;
        }
        if (length == 0) {
            return;
        }
        boolean goesOn = prefix.equals(open);
        if (open != null && !goesOn) {
            out.println();
        }
        // On a new line there is nothing to be written again.
        int from = !goesOn && isAgain(bytes, 0, length) ? 1 : 0;
        if (prefix.isEmpty()) {
            out.write(bytes, from, length - from);
        } else {
            byte[] lines = withPrefix(prefix.getBytes(StandardCharsets.US_ASCII), bytes, from, length, goesOn);
            out.write(lines, 0, lines.length);
        }
        if (out.checkError()) {
            throw new IOException("the build's log cannot be written");
        }
        open = bytes[length - 1] == '\n' ? null : prefix;
    }

    /** Where a line is written again, the prefix is, too. */
    private static byte[] withPrefix(byte[] prefix, byte[] bytes, int from, int length, boolean goesOn) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(length + 16 * prefix.length);
        boolean begins = !goesOn;
        for (int i = from; i < length; i++) {
            boolean again = isAgain(bytes, i, length);
            if (begins && !again) {
                lines.write(prefix, 0, prefix.length);
            }
            lines.write(bytes[i]);
            begins = bytes[i] == '\n' || again;
        }
        return lines.toByteArray();
    }

    /** Whether a line is written again from there on. */
    private static boolean isAgain(byte[] bytes, int at, int length) {
        return bytes[at] == '\r' && at + 1 < length && bytes[at + 1] != '\n' && bytes[at + 1] != '\r';
    }

    /** Shows one line of the plugin's own. */
    public synchronized void say(String line) {
        if (open != null) {
            out.println();
            open = null;
        }
        visibility.println(out, PREFIX + line);
    }

    /** The same, unless this has already shown the line. */
    public synchronized void sayOnce(String line) {
        if (saidOnce.add(line)) {
            say(line);
        }
    }

    /** Whether what has no end yet is seen at once. */
    public boolean showsUnendedLines() {
        return visibility.isSeen();
    }
}
