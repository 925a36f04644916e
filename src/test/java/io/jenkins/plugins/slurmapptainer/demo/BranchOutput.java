package io.jenkins.plugins.slurmapptainer.demo;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes whole lines on, each with the name of its branch before it, so that those of several branches do not mix. */
final class BranchOutput extends OutputStream {
    private static final int MAX_LINE = 64 * 1024;

    private final PrintStream target;
    private final byte[] prefix;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    BranchOutput(String branch, PrintStream target) {
        this.target = target;
        this.prefix = ("[" + branch + "] ").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) {
        line.write(b);
        if (b == '\n' || line.size() >= MAX_LINE) {
            pass();
        }
    }

    private void pass() {
        synchronized (target) {
            target.write(prefix, 0, prefix.length);
            target.write(line.toByteArray(), 0, line.size());
            target.flush();
        }
        line.reset();
    }

    /** Ends the last line. The target stays open. */
    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            write('\n');
        }
    }
}
