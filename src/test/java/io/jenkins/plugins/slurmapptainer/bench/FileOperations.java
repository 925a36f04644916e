package io.jenkins.plugins.slurmapptainer.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Counts with {@code strace} the system calls of one process that name a file below a directory, by its path or by an open
 * descriptor. What the processes do that it starts is not counted.
 */
final class FileOperations implements AutoCloseable {
    private static final Pattern CALL = Pattern.compile("([0-9]+) +([a-z0-9_]+)\\((.*)");
    private static final long TICK_MILLIS = 20;

    private final long pid;
    private final Path directory;
    private final Path trace;
    private final Process strace;
    private final Set<String> threads = new HashSet<>();

    /** Begins to count. */
    FileOperations(long pid, Path directory) throws IOException, InterruptedException {
        this.pid = pid;
        this.directory = directory;
        this.trace = Files.createTempFile("operations", ".strace");
        this.strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-qq",
                        "-y",
                        "-s",
                        "0",
                        "-e",
                        "trace=%file,%desc",
                        "-e",
                        "signal=none",
                        "-o",
                        trace.toString(),
                        "-p",
                        String.valueOf(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        noteThreads(TimeUnit.SECONDS.toMillis(2));
    }

    /** Whether it can be done on this machine. */
    static boolean isPossible() {
        try {
            Process probe = new ProcessBuilder("strace", "-qq", "-e", "trace=none", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes for some time which threads the process has: what else strace sees are processes that it has started. */
    void noteThreads(long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        do {
            try (Stream<Path> all = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
                all.forEach(thread -> threads.add(thread.getFileName().toString()));
            }
            Thread.sleep(TICK_MILLIS);
        } while (System.nanoTime() < end);
    }

    /** How many there were so far. */
    long count() throws IOException {
        if (!strace.isAlive()) {
            throw new IOException("strace has ended with " + strace.exitValue());
        }
        try (Stream<String> lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            return lines.filter(this::counts).count();
        }
    }

    private boolean counts(String line) {
        Matcher call = CALL.matcher(line);
        return call.matches()
                && threads.contains(call.group(1))
                // The working directory is named in many calls that are about something else.
                && call.group(3).replaceAll("AT_FDCWD<[^>]*>", "").contains(directory.toString());
    }

    /** The kinds of calls, with how many there were; for whoever wants to know what they are. */
    List<String> kinds() throws IOException {
        try (Stream<String> lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            Map<String, Integer> kinds = new TreeMap<>();
            lines.filter(this::counts).forEach(line -> {
                Matcher call = CALL.matcher(line);
                if (call.matches()) {
                    kinds.merge(call.group(2), 1, Integer::sum);
                }
            });
            return kinds.entrySet().stream()
                    .map(kind -> kind.getKey() + " " + kind.getValue())
                    .toList();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        strace.destroy();
        strace.waitFor();
        Files.delete(trace);
    }
}
