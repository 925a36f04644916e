package io.jenkins.plugins.slurmapptainer.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Slurm's commands as a user runs them. */
final class Commands {
    private Commands() {}

    /** Whether Slurm accepted it. No answer within 15 s, or one that cannot be, is a no that may have been a yes. */
    record Answer(boolean accepted, boolean clear, String text) {}

    static Answer run(String... argv) throws IOException, InterruptedException {
        List<String> limited = new ArrayList<>(List.of("timeout", "15"));
        limited.addAll(List.of(argv));
        Process process = new ProcessBuilder(limited).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        // The last of these is what a slurmctld that is just being stopped answers to what it has done.
        boolean unclear = code == 124 || text.contains("timed out") || text.contains("Unexpected message received");
        return new Answer(code == 0, !unclear, text);
    }
}
