package io.jenkins.plugins.slurmapptainer.agent;

import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts what an agent sends into lines. Only the beginning of an overlong line is kept. */
final class ProgressLines extends OutputStream {
    private static final int MAX_LINE = 1000;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    ProgressLines(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            lines.accept(Printable.of(line.toString(StandardCharsets.UTF_8)));
            line.reset();
        } else if (line.size() < MAX_LINE) {
            line.write(b);
        }
    }
}
