package io.jenkins.plugins.slurmapptainer.execution;

import hudson.model.Run;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds out whether the beginning of a line reaches a build's log before the line's end does. Filters that hide secrets or add the
 * time keep it in memory ({@code LineTransformationOutputStream}): there it could not be seen, would be lost with a killed
 * controller, and the next life would send the rest of a secret past its filter. A log that is kept elsewhere may behave the same.
 *
 * <p>Nobody tells whether a stream has such filters, so one of the plugin's own lines is written in two parts, and the log is
 * measured after each. Until a measurement is clear, and whenever it cannot be made, nothing counts as seen.
 */
public final class LineVisibility {
    /** Of a stream that keeps nothing back. */
    static final LineVisibility ALWAYS = new LineVisibility(() -> 0, true);

    private static final Logger LOGGER = Logger.getLogger(LineVisibility.class.getName());

    private final LongSupplier logLength;
    private volatile boolean known;
    private volatile boolean seen;

    /** @param logLength bytes that can be read in the log at this moment */
    LineVisibility(LongSupplier logLength) {
        this(logLength, false);
    }

    private LineVisibility(LongSupplier logLength, boolean always) {
        this.logLength = logLength;
        this.known = always;
        this.seen = always;
    }

    /** Of the log of a build. */
    public static LineVisibility of(Run<?, ?> run) {
        return new LineVisibility(() -> run.getLogText().length());
    }

    boolean isSeen() {
        return seen;
    }

    /** Shows a whole line, and looks at what becomes of it. */
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
            // Exactly: others may write into the same log.
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
