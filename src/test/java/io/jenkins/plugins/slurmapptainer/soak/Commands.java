package io.jenkins.plugins.slurmapptainer.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Slurm's commands as a user runs them, and requests to the part of the soak test that runs as root. */
final class Commands {
    private final Path requests;
    private final AtomicInteger number = new AtomicInteger();

    /** @param requests the directory that the root part looks into */
    Commands(Path requests) {
        this.requests = requests;
    }

    /** Whether Slurm accepted it. No answer within 15 s is a no that may have been a yes. */
    record Answer(boolean accepted, boolean clear, String text) {}

    Answer run(String... argv) throws IOException, InterruptedException {
        List<String> limited = new ArrayList<>(List.of("timeout", "15"));
        limited.addAll(List.of(argv));
        Process process = new ProcessBuilder(limited).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        return new Answer(code == 0, code != 124 && !text.contains("timed out"), text);
    }

    /** Asks root for something that takes its time; the words are checked there. */
    void askRoot(String words) throws IOException {
        Path request = requests.resolve(String.format("%05d", number.incrementAndGet()));
        Path written = Files.writeString(request.resolveSibling(request.getFileName() + ".new"), words + "\n");
        Files.move(written, request.resolveSibling(request.getFileName() + ".request"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether root has nothing left to do. */
    boolean rootIsIdle() throws IOException {
        try (var files = Files.list(requests)) {
            return files.noneMatch(file -> file.toString().matches(".*\\.(request|running)"));
        }
    }
}
