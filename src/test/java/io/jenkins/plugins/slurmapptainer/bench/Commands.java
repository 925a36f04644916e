package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What people do without the plugin: {@code sbatch --wait}, or a loop around {@code squeue}. */
final class Commands implements AutoCloseable {
    /** Ends when squeue no longer lists the job, or lists it as ended; then prints the time. */
    private static final String LOOP = "while s=$(squeue -h -j \"$1\" -t all -o %T 2>/dev/null); do"
            + " case $s in PENDING|RUNNING|COMPLETING|CONFIGURING|SUSPENDED) sleep 5;; *) break;; esac; done";

    private final Path directory;
    private final List<Process> processes = new CopyOnWriteArrayList<>();

    Commands(String shared) throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(Path.of(shared, "bench")), "commands");
    }

    /** A batch script with this body and no further options. */
    Path script(String name, String body) throws IOException {
        return Files.writeString(directory.resolve(name), "#!/bin/bash\n#SBATCH --output=/dev/null\n" + body + "\n");
    }

    /** Submits and returns the id. */
    String submit(Path script, String... options) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("sbatch", "--parsable"));
        argv.addAll(List.of(options));
        argv.add(script.toString());
        String id = RealCluster.command(argv.toArray(String[]::new)).strip();
        if (!id.matches("[0-9]+")) {
            throw new IOException("sbatch answered: " + id);
        }
        return id;
    }

    Process waitWithSbatch(Path script) throws IOException {
        return start("sbatch", "--wait", script.toString());
    }

    Process waitWithLoop(String id) throws IOException {
        return start("bash", "-c", LOOP, "loop", id);
    }

    private Process start(String... argv) throws IOException {
        Process process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    /** Leaves no process and no job of its own. */
    @Override
    public void close() throws IOException, InterruptedException {
        RealCluster.command("scancel", "--me");
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        for (int i = 0; i < 300 && !RealCluster.command("squeue", "--me", "-h").isBlank(); i++) {
            Thread.sleep(200);
        }
    }
}
