package io.jenkins.plugins.slurmapptainer.execution;

import hudson.model.Run;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds out whether the beginning of a line is visible in a build's log before the line ends. Filters that hide secrets
 * or add the time hold it back in memory ({@code LineTransformationOutputStream}). Output held back there would be lost
 * if the controller was killed. The next controller process would then continue in the middle of a secret, and the
 * filter would not recognize it. A log that is kept outside of Jenkins may behave the same. Safe for several threads.
 *
 * <p>No API says whether a stream has such filters. So one of the plugin's own lines is written in two parts, and the
 * log is measured after each. Until a measurement is clear, and whenever it fails, nothing counts as visible.
 */
public final class LineVisibility {
    /** For a stream that shows everything at once. */
    static final LineVisibility ALWAYS = new LineVisibility(() -> 0, true);

    private static final Logger LOGGER = Logger.getLogger(LineVisibility.class.getName());

    private final LongSupplier logLength;
    private volatile boolean known;
    private volatile boolean seen;

    /** @param logLength gives the number of bytes that can be read in the log now */
    LineVisibility(LongSupplier logLength) {
        this(logLength, false);
    }

    private LineVisibility(LongSupplier logLength, boolean always) {
        this.logLength = logLength;
        this.known = always;
        this.seen = always;
    }

    /** For the log of a build. */
    public static LineVisibility of(Run<?, ?> run) {
        return new LineVisibility(() -> run.getLogText().length());
    }

    boolean isSeen() {
        return seen;
    }

    /** Prints a whole line, and measures how the log reacts unless that is known. */
    void println(PrintStream out, String line) {
        out.flush();
        long before = known ? -1 : length();
        int ascii = 0;
        while (ascii < line.length() && line.charAt(ascii) < 0x80) {
            ascii++;
        }
        out.print(line.substring(0, ascii));
        out.flush();
        long begun = before < 0 ? -1 : length();
        out.println(line.substring(ascii));
        out.flush();
        if (before < 0 || begun < 0) {
            return;
        }
        if (begun == before) {
            known = true;
        } else if (ascii == line.length() && begun == before + ascii && length() == begun + lineEnd()) {
            // Exact equality only: other threads may write into the same log.
            known = true;
            seen = true;
        }
    }

    private static int lineEnd() {
        return System.lineSeparator().length();
    }

    private long length() {
        try {
            return logLength.getAsLong();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "cannot measure the build's log", e);
            return -1;
        }
    }
}
