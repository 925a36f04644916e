package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A job that prints as fast as it can, to a console that takes everything at once. */
final class Streaming {
    private static final String BUDGET = "≥ 50 MB/s, bounded memory";

    private final Report report;
    private final int megabytes;

    Streaming(Report report, int megabytes) {
        this.report = report;
        this.megabytes = megabytes;
    }

    void measure() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            report.progress(megabytes + " MB of output, read by the head node alone");
            resetPeak();
            report.row("output of " + megabytes + " MB, read by the head node alone", fromFile(cluster), BUDGET);
            report.progress(megabytes + " MB of output of a running job, through the engine");
            resetPeak();
            report.row("output of " + megabytes + " MB while the job prints it, job → host", fromJob(cluster), BUDGET);
        }
    }

    private String fromFile(RealCluster cluster) throws IOException, InterruptedException {
        JobToken token = JobToken.random();
        JobDirectory directory = new JobDirectory(cluster.root(), token);
        Files.createDirectories(Path.of(directory.path()));
        byte[] line = "0123456789".repeat(10).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        line[line.length - 1] = '\n';
        try (OutputStream out = Files.newOutputStream(Path.of(directory.outputLog()))) {
            byte[] block = new byte[1_000_000];
            for (int i = 0; i < block.length; i++) {
                block[i] = line[i % line.length];
            }
            for (int i = 0; i < megabytes; i++) {
                out.write(block);
            }
        }
        long begin = System.nanoTime();
        long offset = 0;
        while (offset < megabytes * 1_000_000L) {
            List<ObservedJob> watches = List.of(new ObservedJob(token, offset, 0, -1));
            for (JobNews news : cluster.headNode()
                    .observe(ObserveRequest.once(cluster.root(), watches, false, 1000))
                    .news()) {
                offset = news.from() + news.output().length;
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Files.delete(Path.of(directory.outputLog()));
        Files.delete(Path.of(directory.path()));
        return speed(seconds);
    }

    private String fromJob(RealCluster cluster) throws Exception {
        String script = "yes " + "0123456789".repeat(9) + "012345678 | head -c " + megabytes * 1_000_000L;
        TimedClient host = new TimedClient(cluster.plan(false, script, Map.of(), List.of(), "", ""), false);
        host.start(cluster.engine().job(cluster.newRecord(), host, cluster.headNodes()));
        Outcome outcome = host.await(20);
        if (!outcome.isSuccess() || host.bytes() < megabytes * 1_000_000L) {
            throw new IllegalStateException(outcome + ", " + host.bytes() + " bytes");
        }
        return speed(host.outputSeconds());
    }

    private String speed(double seconds) {
        long peak = heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / 1_000_000;
        long most = Runtime.getRuntime().maxMemory() / 1_000_000;
        return String.format(
                Locale.ROOT, "%.0f MB/s, heap never above %d MB (limit %d MB)", megabytes / seconds, peak, most);
    }

    private static void resetPeak() {
        System.gc();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static java.util.stream.Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }
}
