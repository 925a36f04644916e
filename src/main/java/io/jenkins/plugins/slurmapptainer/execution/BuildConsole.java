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
 * Shows a job's output and lines about the job on one stream. A line about the job starts on a new line, and so does
 * output of another task. Further output of the same task continues its line if nothing came between. Safe for several
 * threads.
 */
public final class BuildConsole {
    /** Stands before each line about a job. */
    static final String PREFIX = "[Slurm] ";

    private final PrintStream out;
    private final LineVisibility visibility;
    private final Charset encoding;
    /** The key is the prefix of the lines. */
    private final Map<String, ToUtf8> conversions = new HashMap<>();

    private final Set<String> saidOnce = new HashSet<>();
    /** The prefix of the lines whose last one has no end yet, {@code null} if the last line is complete. */
    private String open;

    /** For a stream that shows everything at once. */
    public BuildConsole(PrintStream out) {
        this(out, LineVisibility.ALWAYS);
    }

    /**
     * For a stream that shows everything at once.
     *
     * @param encoding character set of the output; the stream gets UTF-8
     */
    public BuildConsole(PrintStream out, Charset encoding) {
        this(out, LineVisibility.ALWAYS, encoding);
    }

    /** @param visibility finds out whether the stream holds back unfinished lines */
    public BuildConsole(PrintStream out, LineVisibility visibility) {
        this(out, visibility, StandardCharsets.UTF_8);
    }

    /** @param encoding character set of the output; the stream gets UTF-8 */
    public BuildConsole(PrintStream out, LineVisibility visibility, Charset encoding) {
        this.out = out;
        this.visibility = visibility;
        this.encoding = encoding;
    }

    /**
     * Shows output as it came.
     *
     * @throws IOException if the log cannot be written, for example because Jenkins is shutting down and Pipeline has
     *     closed it
     */
    public synchronized void output(byte[] bytes, int length) throws IOException {
        show("", bytes, length);
    }

    /** Shows output of one task of an array, with the task's index before each line. */
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
        // At the start of a line there is nothing to overwrite.
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

    /** Puts the prefix before each line, also where the program overwrites a line. */
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

    /** Whether the program overwrites the line from this place on. */
    private static boolean isAgain(byte[] bytes, int at, int length) {
        return bytes[at] == '\r' && at + 1 < length && bytes[at + 1] != '\n' && bytes[at + 1] != '\r';
    }

    /** Shows one line of the plugin itself. */
    public synchronized void say(String line) {
        if (open != null) {
            out.println();
            open = null;
        }
        visibility.println(out, PREFIX + line);
    }

    /** The same, but only once for each line. */
    public synchronized void sayOnce(String line) {
        if (saidOnce.add(line)) {
            say(line);
        }
    }

    /** Whether the beginning of a line is visible before the line ends. */
    public boolean showsUnendedLines() {
        return visibility.isSeen();
    }
}
