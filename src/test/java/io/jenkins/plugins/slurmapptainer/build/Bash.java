package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs functions of the project's scripts, which are sourced before. */
final class Bash {
    private final String preamble;
    private final Map<String, String> environment;

    /** @param sources scripts, relative to the root of the project */
    Bash(Map<String, String> environment, String... sources) {
        StringBuilder lines = new StringBuilder("set -eu -o pipefail\n");
        for (String source : sources) {
            lines.append(". ").append(Path.of(source).toAbsolutePath()).append('\n');
        }
        this.preamble = lines.toString();
        this.environment = environment;
    }

    /** What the commands print, errors included, without the line end; their exit status goes unheeded. */
    String run(String commands) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("timeout", "60", "/bin/bash", "-c", preamble + commands).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
        return output.stripTrailing();
    }
}
