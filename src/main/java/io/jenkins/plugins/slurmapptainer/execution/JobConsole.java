package io.jenkins.plugins.slurmapptainer.execution;

import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** Output of a job and lines about it on one stream, the lines never inside one of the output's. */
public final class JobConsole {
    private static final String PREFIX = "[Slurm] ";

    private final PrintStream out;
    private final Set<String> saidOnce = new HashSet<>();
    private boolean lineOpen;

    public JobConsole(PrintStream out) {
        this.out = out;
    }

    /**
     * Shows output as it came.
     *
     * @throws IOException if the log cannot be written, for example because Pipeline has closed it: Jenkins is ending
     */
    public synchronized void output(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        if (out.checkError()) {
            throw new IOException("the build's log cannot be written");
        }
        lineOpen = length > 0 ? bytes[length - 1] != '\n' : lineOpen;
    }

    /** Shows one line of the plugin's own. */
    public synchronized void say(String line) {
        if (lineOpen) {
            out.println();
            lineOpen = false;
        }
        out.println(PREFIX + line);
        out.flush();
    }

    /** The same, unless this has already shown the line. */
    public synchronized void sayOnce(String line) {
        if (saidOnce.add(line)) {
            say(line);
        }
    }
}
