package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs Slurm's commands as processes of this machine, with a time limit and limited memory. Safe for several threads.
 */
public final class ProcessRunner implements CommandRunner {
    /** 10 000 jobs make about 1.5 MB of squeue output. */
    private static final int MAX_OUTPUT = 32 * 1024 * 1024;

    private static final int MAX_LINE = 1000;

    private static final long GRACE_SECONDS = 2;

    private final SlurmAccess access;

    public ProcessRunner(SlurmAccess access) {
        this.access = access;
    }

    @Override
    public CommandResult run(List<String> argv, Duration limit) throws IOException, InterruptedException {
        return run(argv, limit, environment -> {}, line -> {});
    }

    /**
     * Runs a command and reports its progress.
     *
     * @param change changes the command's environment
     * @param lines gets each line of standard error as it comes, on another thread
     */
    public CommandResult run(
            List<String> argv, Duration limit, Consumer<Map<String, String>> change, Consumer<String> lines)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(located(argv));
        SlurmEnvironment.fix(argv.get(0), builder.environment());
        access.jwt().addTo(builder.environment());
        if (!access.directory().isEmpty()) {
            builder.environment().merge("PATH", access.directory(), (path, first) -> first + ":" + path);
        }
        change.accept(builder.environment());
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        Process process = builder.start();
        try {
            Drain out = new Drain(process.getInputStream(), line -> {});
            Drain err = new Drain(process.getErrorStream(), lines);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                ProcessEnd.of(process);
            }
            return new CommandResult(ended ? process.exitValue() : CommandResult.TIMED_OUT, out.text(), err.text());
        } finally {
            ProcessEnd.of(process);
        }
    }

    /** Finds the program. Java would search its own PATH, not the one that the program gets. */
    private List<String> located(List<String> argv) {
        if (access.directory().isEmpty()) {
            return argv;
        }
        Path program = Path.of(access.directory(), argv.get(0));
        List<String> located = new ArrayList<>(argv);
        located.set(0, Files.isExecutable(program) ? program.toString() : argv.get(0));
        return located;
    }

    /** Reads a stream to its end, so that the process never waits for a reader. */
    private static final class Drain extends Thread {
        private final InputStream in;
        private final Consumer<String> lines;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Drain(InputStream in, Consumer<String> lines) {
            super("slurm-command-output");
            this.in = in;
            this.lines = lines;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (bytes) {
                        bytes.write(buffer, 0, Math.min(n, MAX_OUTPUT - bytes.size()));
                    }
                    tell(buffer, n);
                }
            } catch (IOException e) {
                // The process was stopped. Its output until then counts.
            }
        }

        private void tell(byte[] buffer, int length) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '\n') {
                    lines.accept(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (line.size() < MAX_LINE) {
                    line.write(buffer[i]);
                }
            }
        }

        /** The text that was read. Does not wait for a child process that keeps the pipe open. */
        String text() throws InterruptedException {
            join(GRACE_SECONDS * 1000);
            synchronized (bytes) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
