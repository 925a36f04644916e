package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Measures what the plugin costs and how fast it is, on the cluster of this machine, and what people do without it
 * beside. {@code make bench} runs this; nothing here passes or fails.
 *
 * <p>Arguments: the file for the Markdown table, {@code .md}, which gets the figures as {@code .json} and a picture as {@code .svg} beside it, then the parts to run (none: all).
 */
public final class Bench {
    private static final int WINDOW_SECONDS = number("BENCH_WINDOW", 60);
    private static final int JOBS = number("BENCH_JOBS", 40);
    private static final int STAGED_MEGABYTES = number("BENCH_STAGED_MEGABYTES", 2000);
    private static final int MEGABYTES = number("BENCH_MEGABYTES", 1000);

    private Bench() {}

    /** A group of figures. */
    private interface Part {
        void measure() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Report report = new Report(console);
        Set<String> wanted = Set.copyOf(Arrays.asList(arguments).subList(1, arguments.length));
        report.note(LocalDate.now() + ": " + machine());
        report.note("Windows of " + WINDOW_SECONDS + " s for queries, " + JOBS + " jobs for each delay, " + MEGABYTES
                + " MB of output");
        part(wanted, "matching", () -> new Matching(report).measure());
        part(wanted, "submissions", () -> new Submissions(report, JOBS).measure());
        part(wanted, "staging", () -> new Staging(report, STAGED_MEGABYTES).measure());
        part(wanted, "streaming", () -> new Streaming(report, MEGABYTES).measure());
        part(wanted, "lines", () -> new LineLatency(report, 2 * JOBS).measure());
        part(wanted, "ends", () -> new EndLatency(report, JOBS).measure());
        part(wanted, "blocks", () -> new BlockCommands(report, JOBS).measure());
        part(wanted, "operations", () -> new Operations(report, WINDOW_SECONDS).measure());
        part(wanted, "queries", () -> new QueueCalls(report, WINDOW_SECONDS).measure());
        report.write(Path.of(arguments[0]));
        System.exit(0);
    }

    private static void part(Set<String> wanted, String name, Part part) throws Exception {
        if (wanted.isEmpty() || wanted.contains(name)) {
            part.measure();
        }
    }

    private static String machine() throws IOException, InterruptedException {
        List<String> memory = Files.readAllLines(Path.of("/proc/meminfo"));
        long kilobytes = Long.parseLong(memory.get(0).replaceAll("[^0-9]", ""));
        String slurm = RealCluster.command("sinfo", "--version").strip();
        String nodes =
                RealCluster.command("sinfo", "-h", "-o", "%D", "-p", "group1").strip();
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return Runtime.getRuntime().availableProcessors() + " cores, " + Math.round(kilobytes / 1048576.0)
                + " GiB of memory, " + slurm + " with " + nodes + " nodes on this one machine, Java "
                + Runtime.version().feature() + ", load " + load + " before";
    }

    private static int number(String variable, int otherwise) {
        String value = System.getenv(variable);
        return value == null || value.isEmpty() ? otherwise : Integer.parseInt(value);
    }
}
