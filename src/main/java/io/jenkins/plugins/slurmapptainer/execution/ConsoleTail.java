package io.jenkins.plugins.slurmapptainer.execution;

import hudson.model.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The end of a build's console, as an earlier process of the controller has left it. */
final class ConsoleTail {
    private static final Logger LOGGER = Logger.getLogger(ConsoleTail.class.getName());
    /** Bytes. Other branches of the build may have printed after the line, and Jenkins while it came back. */
    private static final long LENGTH = 1 << 20;

    private ConsoleTail() {}

    /** Whether a line of the plugin is there; it counts as missing if the console cannot be read. */
    static boolean has(Run<?, ?> run, String line) {
        try {
            ByteArrayOutputStream tail = new ByteArrayOutputStream();
            run.getLogText().writeLogTo(Math.max(0, run.getLogText().length() - LENGTH), tail);
            return tail.toString(StandardCharsets.UTF_8).contains(line);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot read the console of " + run);
            return false;
        }
    }
}
