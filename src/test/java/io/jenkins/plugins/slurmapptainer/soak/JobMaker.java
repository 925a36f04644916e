package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.cluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Makes jobs of random behaviour, and orders what {@code sbatch} does to them. */
final class JobMaker {
    /** See {@code soak.sh}. Most often {@code sbatch} is left alone. */
    private static final List<String> WRAPPERS = List.of(
            "slow",
            "killed-after",
            "killed-before",
            "timed-out-after",
            "error-after",
            "banner",
            "silent-after",
            "refused");

    private final Random random;
    private final Path wrapperOrders;
    private final RealCluster cluster = new RealCluster();
    private final Path truths;

    /** @param wrapperOrders where the wrapper looks for a file with the job's token */
    JobMaker(Random random, Path wrapperOrders) throws IOException {
        this.random = random;
        this.wrapperOrders = wrapperOrders;
        truths = Files.createTempDirectory(Files.createDirectories(Path.of(cluster.shared(), "soak")), "truth");
    }

    SoakJob make(int number) throws IOException {
        // Not from the seed: with the token of an earlier run the engine would find that run's job.
        String token = JobToken.random().value();
        Behaviour behaviour = Behaviour.any(random);
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
            Files.writeString(wrapperOrders.resolve(token), wrapper + "\n");
        }
        return new SoakJob(number, behaviour, inImage, mayRequeue, wrapper, truth, plan);
    }

    /** The record of a job that has not begun; the file of its truth has its token for a name. */
    JobRecord record(SoakJob job) {
        JobToken token = new JobToken(job.truth.getFileName().toString());
        return new JobRecord(token, "real", cluster.root(), "", System.currentTimeMillis());
    }
}
