package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Files of a workspace put into a job's directory, beside {@code cp -r} and {@code rsync}; in turns. */
final class Staging {
    private static final int ROUNDS = 3;
    private static final int SMALL_FILES = 20_000;
    private static final int SMALL_BYTES = 4_000;
    private static final int PER_DIRECTORY = 100;
    private static final int MEGABYTE = 1_000_000;
    private static final String BUDGET = "≤ 1.3 × the better of the two";

    private final Report report;
    private final int megabytes;

    /** @param megabytes size of the large file */
    Staging(Report report, int megabytes) {
        this.report = report;
        this.megabytes = megabytes;
    }

    void measure() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            Path large = RealCluster.newWorkspace();
            Path small = RealCluster.newWorkspace();
            try {
                report.progress("staging of one file of " + megabytes + " MB");
                makeLarge(large.resolve("large.bin"));
                compare(cluster, large, "1 file of " + megabytes + " MB");
                delete(large);
                report.progress("staging of " + SMALL_FILES + " small files");
                makeSmall(small);
                compare(cluster, small, SMALL_FILES + " files of " + SMALL_BYTES + " bytes");
            } finally {
                delete(large);
                delete(small);
            }
            inPlace(cluster);
        }
    }

    private void makeLarge(Path file) throws IOException {
        byte[] piece = new byte[MEGABYTE];
        new Random(1).nextBytes(piece);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < megabytes; i++) {
                out.write(piece);
            }
        }
    }

    private static void makeSmall(Path directory) throws IOException {
        byte[] text = new byte[SMALL_BYTES];
        new Random(2).nextBytes(text);
        for (int i = 0; i < SMALL_FILES; i++) {
            Path folder = Files.createDirectories(directory.resolve("d" + i / PER_DIRECTORY));
            Files.write(folder.resolve("file-" + i), text);
        }
    }

    private void compare(RealCluster cluster, Path workspace, String what) throws Exception {
        Path bench = Files.createTempDirectory(Files.createDirectories(Path.of(cluster.shared(), "bench")), "staging");
        List<Double> plugin = new ArrayList<>();
        List<Double> cp = new ArrayList<>();
        List<Double> rsync = new ArrayList<>();
        Path copy = bench.resolve("copy");
        boolean hasRsync = RealCluster.command("sh", "-c", "command -v rsync").contains("rsync");
        for (int i = 0; i <= ROUNDS; i++) {
            double ours = stage(cluster, workspace);
            double theirs = command(copy, "cp", "-r", workspace.toString(), copy.toString());
            double others = hasRsync ? command(copy, "rsync", "-a", workspace + "/", copy + "/") : Double.NaN;
            // The first round fills the caches.
            if (i > 0) {
                plugin.add(ours);
                cp.add(theirs);
                rsync.add(others);
            }
        }
        delete(bench);
        double best = new Figures(cp).median();
        best = hasRsync ? Math.min(best, new Figures(rsync).median()) : best;
        report.row(
                "staging of " + what,
                new Figures(plugin).text("ms", 0)
                        + String.format(Locale.ROOT, ", %.2f × the better one", new Figures(plugin).median() / best),
                BUDGET);
        report.beside("cp -r of the same", new Figures(cp).text("ms", 0));
        if (hasRsync) {
            report.beside("rsync -a of the same", new Figures(rsync).text("ms", 0));
        }
    }

    private static double stage(RealCluster cluster, Path workspace) throws Exception {
        JobDirectory directory = cluster.newRecord().directory();
        StageRequest request = new StageRequest(
                directory, cluster.shared(), workspace.toString(), new ArrayList<>(FilePattern.parse("**")));
        double taken = timed(() -> {
            StageAnswer answer = cluster.headNode().stage(request);
            if (!answer.copied()) {
                throw new IOException("the workspace is used in place");
            }
        });
        cluster.headNode().collect(CollectRequest.cleanUp(directory, CollectRequest.Afterwards.REMOVE));
        return taken;
    }

    private static double command(Path copy, String... argv) throws Exception {
        double taken = timed(() -> {
            String output = RealCluster.command(argv);
            if (!output.isEmpty()) {
                throw new IOException(output);
            }
        });
        delete(copy);
        return taken;
    }

    /** What is timed. */
    private interface Work {
        void run() throws Exception;
    }

    private static double timed(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    private void inPlace(RealCluster cluster) throws Exception {
        Path workspace =
                Files.createTempDirectory(Files.createDirectories(Path.of(cluster.shared(), "bench")), "workspace");
        makeSmall(workspace);
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            JobDirectory directory = cluster.newRecord().directory();
            StageRequest request = new StageRequest(
                    directory, cluster.shared(), workspace.toString(), new ArrayList<>(FilePattern.parse("**")));
            taken.add(timed(() -> {
                if (cluster.headNode().stage(request).copied()) {
                    throw new IOException("the workspace was copied");
                }
            }));
            cluster.headNode().collect(CollectRequest.cleanUp(directory, CollectRequest.Afterwards.REMOVE));
        }
        delete(workspace);
        report.row(
                SMALL_FILES + " files used in place, on the shared file system",
                new Figures(taken).text("ms", 0),
                "nothing is copied");
    }

    private static void delete(Path tree) throws Exception {
        RealCluster.command("rm", "-rf", "--", tree.toString());
    }
}
