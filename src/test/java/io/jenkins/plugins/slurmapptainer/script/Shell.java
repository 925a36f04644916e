package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end with an environment of its own and no input. */
public final class Shell {
    private Shell() {}

    /** What a program left behind; its error output is part of the output. */
    public record Result(int exitCode, String output) {}

    public static Result run(Map<String, String> environment, List<String> argv)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("shell", ".out");
        try {
            Process process = start(environment, argv, output.toFile());
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            assertTrue(process.waitFor(5, TimeUnit.SECONDS), () -> "does not end: " + argv);
            return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    public static Result run(String... argv) throws IOException, InterruptedException {
        return run(Map.of(), List.of(argv));
    }

    static Process start(Map<String, String> environment, List<String> argv, File output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        builder.redirectInput(new File("/dev/null")).redirectErrorStream(true);
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output)).start();
    }
}
