package io.jenkins.plugins.slurmapptainer.execution;

import hudson.model.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The end of a build's console, as an earlier process of the controller has left it. */
final class ConsoleTail {
    private static final Logger LOGGER = Logger.getLogger(ConsoleTail.class.getName());
    /** Bytes. After the job's lines, other branches of the build and Jenkins itself may have printed more. */
    private static final long LENGTH = 1 << 20;

    private final List<String> lines;

    private ConsoleTail(List<String> lines) {
        this.lines = lines;
    }

    /** The end of a build's console; empty if it cannot be read. */
    static ConsoleTail of(Run<?, ?> run) {
        try {
            ByteArrayOutputStream tail = new ByteArrayOutputStream();
            long end = run.getLogText().writeLogTo(Math.max(0, run.getLogText().length() - LENGTH), tail);
            LOGGER.log(Level.FINEST, "{0}: console read to {1}", new Object[] {run, end});
            return new ConsoleTail(tail.toString(StandardCharsets.UTF_8).lines().toList());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot read the console of " + run);
            return new ConsoleTail(List.of());
        }
    }

    /**
     * Whether the console has this line about a job. Other plugins may put something before each line, such as the
     * time.
     */
    boolean has(String line) {
        return lines.stream().anyMatch(shown -> shown.endsWith(BuildConsole.PREFIX + line));
    }
}
