package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.realcluster.AllocationCommands;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a command costs in the block of an allocation: from its start on the head node until its result is there. Beside: the
 * same on this machine itself, and what people write by hand.
 */
final class BlockCommands {
    private static final int WARM_UP = 2;

    private final Report report;
    private final int number;

    BlockCommands(Report report, int number) {
        this.report = report;
        this.number = number;
    }

    private interface Command {
        void run() throws Exception;
    }

    void measure() throws Exception {
        report.progress(number + " commands of each kind in an allocation");
        List<Double> sh = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        List<Double> here = new ArrayList<>();
        List<Double> byHand = new ArrayList<>();
        long steps;
        try (RealCluster cluster = new RealCluster()) {
            Path workspace = Files.createTempDirectory(Path.of(cluster.shared()), "workspace");
            AllocationCommands block = AllocationCommands.start(cluster, workspace, true);
            String id = block.job().record().jobId();
            String image = cluster.python().path();
            for (int i = 0; i < number + WARM_UP; i++) {
                boolean counts = i >= WARM_UP;
                add(counts, sh, () -> check(AllocationCommands.awaited(block.background("true"))));
                add(counts, here, () -> {
                    Path control = block.control();
                    AllocationCommands.run(AllocationCommands.durableTask(control, "true"), Map.of());
                    check(AllocationCommands.awaited(control));
                });
            }
            steps = block.lastStep() + 1;
            for (int i = 0; i < number + WARM_UP; i++) {
                boolean counts = i >= WARM_UP;
                add(
                        counts,
                        other,
                        () -> check(String.valueOf(
                                block.foreground("true", Map.of()).exitCode())));
                add(
                        counts,
                        byHand,
                        () -> check(RealCluster.command(
                                        "sh",
                                        "-c",
                                        "srun --jobid=" + id + " --overlap --nodes=1 --ntasks=1 apptainer exec " + image
                                                + " true; echo $?")
                                .strip()));
            }
            AllocationCommands.run(block.client().end(), Map.of());
            block.job().await();
        }
        double more = new Figures(sh).median() - new Figures(here).median();
        report.row(
                "sh in an allocation, in an image",
                new Figures(sh).text("ms", 0) + String.format(", %.0f more than on this machine", more),
                "≤ 1000 ms more than the same sh on the node");
        report.beside("the same sh on this machine, without Slurm and image", new Figures(here).text("ms", 0));
        report.beside("srun --overlap … apptainer exec, by hand", new Figures(byHand).text("ms", 0));
        report.row("another command in an allocation, as of a checkout", new Figures(other).text("ms", 0), "");
        report.row("steps of Slurm for " + (number + WARM_UP) + " sh", String.valueOf(steps), "1");
    }

    /** A command that fails is fast. */
    private static void check(String exitCode) throws IOException {
        if (!exitCode.equals("0")) {
            throw new IOException("a command ended with " + exitCode);
        }
    }

    private static void add(boolean counts, List<Double> times, Command command) throws Exception {
        long begin = System.nanoTime();
        command.run();
        if (counts) {
            times.add((System.nanoTime() - begin) / 1e6);
        }
    }
}
