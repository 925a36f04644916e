package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.slurm.QueueScope;
import io.jenkins.plugins.slurmapptainer.slurm.SqueueAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What 10 000 jobs in the queue and many builds that wait cost the controller. */
final class Matching {
    private static final int PARSES = 50;
    /** The first half is not measured: until then Java compiles what it runs. */
    private static final int ANSWERS = 40;

    private final Report report;

    Matching(Report report) {
        this.report = report;
    }

    void measure() throws Exception {
        String text = ManyJobs.queue(ManyJobs.ROWS);
        List<Double> parse = new ArrayList<>();
        for (int i = 0; i < 2 * PARSES; i++) {
            long begin = System.nanoTime();
            int rows = SqueueAnswer.read(QueueScope.OWN, text).size();
            if (i >= PARSES) {
                parse.add((System.nanoTime() - begin) / 1e6);
            }
            if (rows != ManyJobs.ROWS) {
                throw new IllegalStateException(rows + " rows");
            }
        }
        report.row("squeue's answer with 10 000 rows parsed", new Figures(parse).text("ms", 1), "");
        waiting(text, 100);
        waiting(text, 1000);
        waiting(text, 10_000);
    }

    /** With a poll every 200 ms, so that some answers come. */
    private void waiting(String text, int builds) throws Exception {
        report.progress(builds + " waiting builds and a queue of 10 000 rows, in memory");
        ManyJobs node = new ManyJobs(text, ANSWERS);
        EngineSettings often = new EngineSettings(Duration.ofMillis(200), Duration.ofMinutes(1));
        long heap = heap();
        try (RealCluster cluster = new RealCluster(node, often)) {
            CountDownLatch submitted = new CountDownLatch(builds);
            JobPlan plan = cluster.plan(false, "true", Map.of(), List.of(), "", "");
            List<Object> runs = new ArrayList<>();
            for (int i = 0; i < builds; i++) {
                var run = cluster.engine()
                        .job(cluster.newRecord(), new WaitingClient(plan, submitted), cluster.headNodes());
                runs.add(run);
                run.begin();
            }
            submitted.await();
            List<Double> match = node.matchMillis();
            report.row(
                    "– 10 000 rows matched with " + builds + " waiting builds",
                    later(match).text("ms", 1),
                    "");
            if (builds == 10_000) {
                report.row(
                        "10 000 rows parsed and matched with 10 000 builds",
                        later(node.parsedAndMatchedMillis()).text("ms", 1),
                        "≤ 50 ms");
                report.row(
                        "heap of a waiting build in the engine",
                        String.format(Locale.ROOT, "%.1f KB", (heap() - heap) / 1024.0 / runs.size()),
                        "≤ 4 KB");
            }
        }
    }

    private static Figures later(List<Double> millis) {
        return new Figures(millis.subList(millis.size() / 2, millis.size()));
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
