package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@link ObservedBuilds} with a shared directory of its own, and with a {@code squeue} that lists all of its jobs, waiting or
 * running, and counts how often it is asked.
 */
final class ObservingProcess implements AutoCloseable {
    private final Path base;
    private final Path shared;
    private final Path calls;
    private final Path announcements;
    private final Process process;
    private final Map<Integer, JobDirectory> jobs = new TreeMap<>();

    /** Returns when all builds wait for their jobs. */
    ObservingProcess(int builds, boolean running) throws IOException {
        base = Files.createTempDirectory(
                Files.createDirectories(Path.of(RealCluster.required("SHARED_DIR"), "bench")), "observed");
        shared = Files.createDirectory(base.resolve("shared"));
        calls = Files.createFile(base.resolve("calls"));
        Path commands = Files.createDirectory(base.resolve("commands"));
        Path rows = Files.writeString(base.resolve("rows"), rows(builds, running));
        Path squeue = Files.writeString(
                commands.resolve("squeue"), "#!/bin/sh\nprintf x >>'" + calls + "'\nexec cat '" + rows + "'\n");
        Files.setPosixFilePermissions(squeue, PosixFilePermissions.fromString("rwxr-xr-x"));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ObservedBuilds.class.getName(),
                        shared.toString(),
                        commands.toString(),
                        String.valueOf(builds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        awaitReady();
        // The first job to start makes it, which is long ago where many wait.
        announcements = Files.createDirectories(
                Path.of(JobDirectory.announcements(JobDirectory.root(shared.toString(), "tests"))));
    }

    private static String rows(int builds, boolean running) {
        StringBuilder text = new StringBuilder();
        for (int id = 1; id <= builds; id++) {
            List<String> fields = running
                    ? List.of(String.valueOf(id), "RUNNING", "n1", "2026-01-01T00:00:00", "1:23:45", "None", "(null)")
                    : List.of(String.valueOf(id), "PENDING", "", "N/A", "0:00", "Resources", "(null)");
            text.append(String.join("\u001f", fields)).append('\n');
        }
        return text.toString();
    }

    private void awaitReady() throws IOException {
        String root = JobDirectory.root(shared.toString(), "tests");
        BufferedReader in = process.inputReader();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("job")) {
                jobs.put(Integer.parseInt(words[1]), new JobDirectory(root, new JobToken(words[2])));
            } else if (words[0].equals("ready")) {
                return;
            }
        }
        throw new IOException("the process with the builds has ended");
    }

    long pid() {
        return process.pid();
    }

    /** What is counted lies below this directory. */
    Path shared() {
        return shared;
    }

    /** CPU time so far, without the processes that it has started. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
    }

    /** How often squeue was asked so far. */
    long queries() throws IOException {
        return Files.size(calls);
    }

    /** Starts all jobs, as far as anybody can see: each leaves what the batch script leaves, and prints a line. */
    void startJobs() throws IOException {
        for (Map.Entry<Integer, JobDirectory> each : jobs.entrySet()) {
            JobDirectory job = each.getValue();
            print(job, "begins");
            Path written = Files.writeString(
                    Path.of(job.path(), "started.tmp"),
                    "v1 token=" + job.token() + " job=" + each.getKey() + " attempt=0 time="
                            + System.currentTimeMillis() / 1000 + " node=n1\n");
            Files.move(written, Path.of(job.started() + "0"));
            Files.createFile(announcements.resolve(job.token() + ".started.0"));
        }
    }

    /** Each job prints a line. */
    void printLines(String line) throws IOException {
        for (JobDirectory job : jobs.values()) {
            print(job, line);
        }
    }

    private static void print(JobDirectory job, String line) throws IOException {
        Files.writeString(Path.of(job.outputLog()), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        RealCluster.command("rm", "-rf", "--", base.toString());
    }
}
