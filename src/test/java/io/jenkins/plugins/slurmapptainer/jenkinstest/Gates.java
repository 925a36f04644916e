package io.jenkins.plugins.slurmapptainer.jenkinstest;

import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * Stops Slurm's commands on a head node at a given point, so that a test need not hit it by timing. Files in one
 * directory, used by the test, by controllers in processes of their own, and by the agent that runs as another user.
 */
public final class Gates implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> COMMANDS = List.of("sbatch", "scancel");

    /** Where a command is stopped. */
    public enum Where {
        BEFORE,
        AFTER
    }

    private final String directory;

    public Gates(File project) throws IOException, InterruptedException {
        directory = new ClusterAgent(project)
                .command("mktemp", "-d", "/var/tmp/gates.XXXXXX")
                .strip();
        Path bin = Files.createDirectory(Path.of(bin()));
        // The agent's user needs to get here.
        Files.setPosixFilePermissions(Path.of(directory), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String command : COMMANDS) {
            Path script = bin.resolve(command);
            try (InputStream in = Gates.class.getResourceAsStream("gate.sh")) {
                Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** What comes first on the agent's {@code PATH}. */
    public String bin() {
        return directory + "/bin";
    }

    /** A file for other agreements between a test and its jobs. */
    public Path file(String name) {
        return Path.of(directory, name);
    }

    private Path gate(String command, Where where, String job) {
        return file(command + "-" + where.name().toLowerCase(java.util.Locale.ROOT) + "-" + job);
    }

    /** Calls of the command for jobs of this name wait from now on. */
    public void close(String command, Where where, String job) throws IOException {
        Files.createFile(gate(command, where, job));
    }

    public void open(String command, Where where, String job) throws IOException {
        Files.delete(gate(command, where, job));
    }

    /**
     * Opens a gate whose callers are gone: waits until the call has noticed that and has ended, so that it does not go
     * through.
     */
    public void openToNobody(String command, Where where, String job) throws IOException, InterruptedException {
        long process =
                Long.parseLong(Files.readString(reached(command, where, job)).strip());
        Waits.within(Duration.ofMinutes(2))
                .alias("nobody waits for " + command + " of " + job)
                .until(() -> ProcessHandle.of(process).isEmpty());
        open(command, where, job);
    }

    private Path reached(String command, Where where, String job) {
        return Path.of(gate(command, where, job) + ".reached");
    }

    /** Whether a call has come to a closed gate. */
    public boolean isReached(String command, Where where, String job) {
        return Files.exists(reached(command, where, job));
    }

    /** How often the command was run for jobs of this name. */
    public long calls(String command, String job) throws IOException {
        Path calls = file(command + ".calls");
        return Files.exists(calls)
                ? Files.readAllLines(calls).stream().filter(job::equals).count()
                : 0;
    }
}
