package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * From the last act of a job, which writes down the time, to the moment at which whoever waits knows. Jobs of 3 to 30 s,
 * the same lengths for everybody, some at a time. One machine, so one clock.
 */
final class EndLatency {
    private static final int AT_ONCE = 20;

    /** Waits for the end of a job with this body, in seconds since 1970. */
    private interface Waiter {
        double ended(String body) throws Exception;
    }

    private final Report report;
    private final int jobs;

    EndLatency(Report report, int jobs) {
        this.report = report;
        this.jobs = jobs;
    }

    void measure() throws Exception {
        try (RealCluster cluster = new RealCluster();
                Commands commands = new Commands(cluster.shared())) {
            report.row(
                    "end of job → end of step, plugin",
                    sample("plugin", cluster, body -> plugin(cluster, body)),
                    "median ≤ 1 s, p95 ≤ 2 s");
            report.beside("sbatch --wait", sample("sbatch --wait", cluster, body -> {
                commands.waitWithSbatch(commands.script(name(body), body)).waitFor();
                return now();
            }));
            report.beside("loop of squeue -j ID every 5 s", sample("loop", cluster, body -> {
                commands.waitWithLoop(commands.submit(commands.script(name(body), body)))
                        .waitFor();
                return now();
            }));
        }
    }

    private static double plugin(RealCluster cluster, String body) throws Exception {
        TimedClient host = new TimedClient(cluster.plan(false, body, Map.of(), List.of(), "", ""), false);
        host.start(cluster.engine().job(cluster.newRecord(), host, cluster.headNodes()));
        host.await(5);
        return host.endedAt() / 1000.0;
    }

    private String sample(String who, RealCluster cluster, Waiter waiter) throws Exception {
        report.progress(jobs + " jobs through " + who);
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of(cluster.shared(), "bench")), "ends");
        Random lengths = new Random(1);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Double>> delays = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                Path file = directory.resolve("job" + i);
                String body = "sleep " + (3000 + lengths.nextInt(27_000)) / 1000.0 + "\ndate +%s.%N >" + file + "\n";
                Callable<Double> job = () -> waiter.ended(body)
                        - Double.parseDouble(Files.readString(file).strip());
                delays.add(threads.submit(job));
            }
            List<Double> seconds = new ArrayList<>();
            for (Future<Double> delay : delays) {
                seconds.add(delay.get());
            }
            return new Figures(seconds).text("s", 2);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String name(String body) {
        return "end" + Integer.toHexString(body.hashCode());
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }
}
