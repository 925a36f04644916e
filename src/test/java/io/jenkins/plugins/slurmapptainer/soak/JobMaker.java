package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.realcluster.Operator;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes jobs of random behaviour, one of each first, and orders what {@code sbatch} does to them. */
final class JobMaker {
    /** See {@code fault-sbatch.sh}. Most often {@code sbatch} is left alone. */
    private static final List<String> WRAPPERS = List.of(
            "slow",
            "killed-after",
            "killed-before",
            "timed-out-after",
            "error-after",
            "banner",
            "silent-after",
            "refused");

    private final Draws draws;
    private final Operator operator;
    private final RealCluster cluster = new RealCluster();
    private final Path truths;

    JobMaker(Draws draws, Operator operator) throws IOException {
        this.draws = draws;
        this.operator = operator;
        truths = Files.createDirectories(Path.of(cluster.shared(), "soak"));
    }

    SoakJob make(int number) throws IOException {
        RandomGenerator random = draws.of("job", number);
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        Behaviour behaviour = number < Behaviour.values().length ? Behaviour.values()[number] : Behaviour.any(random);
        boolean inImage = behaviour.inImage() || random.nextInt(3) == 0;
        boolean mayRequeue = random.nextInt(3) == 0;
        String wrapper = random.nextInt(3) == 0 ? WRAPPERS.get(random.nextInt(WRAPPERS.size())) : "";
        Path truth = truths.resolve(token);
        JobPlan plan = cluster.plan(
                inImage,
                behaviour.script(truth.toString(), random),
                behaviour.directives(),
                mayRequeue ? List.of("--requeue") : List.of(),
                "",
                "");
        if (!wrapper.isEmpty()) {
            operator.orderSbatch(token, wrapper + " " + random.nextInt(8));
        }
        return new SoakJob(number, behaviour, inImage, mayRequeue, wrapper, truth, plan);
    }

    /** The record of a job that has not begun; the file of its truth has its token for a name. */
    JobRecord record(SoakJob job) {
        JobToken token = new JobToken(job.truth.getFileName().toString());
        return new JobRecord(token, "real", cluster.root(), "", System.currentTimeMillis());
    }
}
