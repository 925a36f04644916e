package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.script.BatchJob;
import io.jenkins.plugins.slurmapptainer.script.BatchScriptRenderer;
import io.jenkins.plugins.slurmapptainer.script.Directories;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code sbatch} by the head node, with its marks and records, beside {@code sbatch} alone; in turns. */
final class Submissions {
    private static final int WARM_UP = 5;

    private final Report report;
    private final int number;

    Submissions(Report report, int number) {
        this.report = report;
        this.number = number;
    }

    void measure() throws Exception {
        report.progress(number + " submissions each");
        List<Double> staging = new ArrayList<>();
        List<Double> plugin = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        try (RealCluster cluster = new RealCluster();
                Commands commands = new Commands(cluster.shared())) {
            Path script = commands.script("bare", "#SBATCH --begin=now+1hour\ntrue");
            JobPlan plan = cluster.plan(false, "true", Map.of(), List.of("--begin=now+1hour"), "", "");
            for (int i = 0; i < number + WARM_UP; i++) {
                JobDirectory directory = cluster.newRecord().directory();
                long begin = System.nanoTime();
                StageAnswer staged = cluster.headNode()
                        .stage(new StageRequest(directory, plan.sharedDirectory(), "", new ArrayList<>()));
                long between = System.nanoTime();
                cluster.headNode()
                        .submit(new SubmitRequest(directory, render(plan, directory, staged), JobEnvironment.NONE));
                long end = System.nanoTime();
                commands.submit(script);
                if (i >= WARM_UP) {
                    staging.add((between - begin) / 1e6);
                    plugin.add((end - between) / 1e6);
                    bare.add((System.nanoTime() - end) / 1e6);
                }
            }
        }
        double ratio = new Figures(plugin).median() / new Figures(bare).median();
        report.row(
                "sbatch through the plugin, staging excluded",
                new Figures(plugin).text("ms", 0) + String.format(Locale.ROOT, ", %.2f × bare", ratio),
                "≤ 1.5 × bare + one round trip");
        report.beside("bare sbatch", new Figures(bare).text("ms", 0));
        report.row("staging of a job without files", new Figures(staging).text("ms", 1), "");
    }

    private static String render(JobPlan plan, JobDirectory directory, StageAnswer staged) {
        return BatchScriptRenderer.render(new BatchJob(
                directory,
                Directories.of(staged.workingDirectory()),
                plan.directives(),
                staged.exports(),
                List.of(),
                plan.image(),
                plan.program(),
                plan.script(),
                plan.home(),
                plan.launch()));
    }
}
