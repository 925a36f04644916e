package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineVisibilityTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final LineVisibility visibility = new LineVisibility(log::size);

    /** Keeps lines back until their end, whatever is flushed, as Jenkins' filters do. */
    private static final class LineFilter extends OutputStream {
        private final OutputStream out;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        LineFilter(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            line.write(b);
            if (b == '\n') {
                line.writeTo(out);
                line.reset();
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }

    @Test
    void nothingCountsAsSeenBeforeItIsMeasured() {
        assertFalse(visibility.isSeen());
    }

    @Test
    void aDirectStreamShowsIncompleteLines() {
        visibility.println(new PrintStream(new BufferedOutputStream(log)), "[Slurm] one");
        assertTrue(visibility.isSeen());
        assertEquals("[Slurm] one\n", log.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFilterOfLinesHidesIncompleteLines() {
        PrintStream out = new PrintStream(new LineFilter(log));
        visibility.println(out, "[Slurm] one");
        assertFalse(visibility.isSeen());
        visibility.println(out, "[Slurm] two");
        assertFalse(visibility.isSeen());
        assertEquals("[Slurm] one\n[Slurm] two\n", log.toString(StandardCharsets.UTF_8));
    }

    /** Another branch of the build writes lines of the same length behind a filter's back. */
    @Test
    void outputOfOtherThreadsDoesNotMisleadTheMeasurement() {
        AtomicLong calls = new AtomicLong();
        LineVisibility disturbed = new LineVisibility(() -> {
            if (calls.incrementAndGet() == 2) {
                log.writeBytes("[Slurm] two".getBytes(StandardCharsets.US_ASCII));
            }
            return log.size();
        });
        disturbed.println(new PrintStream(new LineFilter(log)), "[Slurm] one");
        assertFalse(disturbed.isSeen());
        disturbed.println(new PrintStream(log), "[Slurm] three");
        assertTrue(disturbed.isSeen(), "the next line is measured without a disturbance");
    }

    @Test
    void aLineOfOtherCharactersIsShownAndProvesNothing() {
        visibility.println(new PrintStream(log, false, StandardCharsets.UTF_8), "[Slurm] größer");
        assertFalse(visibility.isSeen());
        assertEquals("[Slurm] größer\n", log.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aLogThatCannotBeMeasuredCountsAsHiding() {
        LineVisibility broken = new LineVisibility(() -> {
            throw new IllegalStateException("no log");
        });
        broken.println(new PrintStream(log), "[Slurm] one");
        assertFalse(broken.isSeen());
        assertEquals("[Slurm] one\n", log.toString(StandardCharsets.UTF_8));
    }
}
