package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.Operator;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code sbatch} that comes first on the PATH, see {@code fault-sbatch.sh}, is slow, dies or says something wrong. */
@Tag("cluster")
@Tag("disturbing")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SbatchTroubleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "slow 8",
                "killed-after",
                "killed-before",
                "timed-out-after",
                "error-after",
                "silent-after",
                "refused",
                "banner"
            })
    @DisplayName("4, 12, 35: whatever sbatch says, there is exactly one job, and it is found")
    void thereIsExactlyOneJobWhateverSbatchSays(String order) throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            JobRecord record = cluster.newRecord();
            new Operator().orderSbatch(record.token(), order);
            RecordingClient host = cluster.start(
                    record, cluster.plan(false, "echo \"ran in $SLURM_JOB_ID\"; exit 3", Map.of(), List.of(), "", ""));
            assertEquals(
                    Outcome.ofExitCode(3),
                    host.await(Duration.ofMinutes(2)).outcome(),
                    () -> host.lines() + "\n" + host.output());
            assertEquals(
                    1,
                    host.output()
                            .lines()
                            .filter(line -> line.startsWith("ran in "))
                            .count(),
                    host.output());
            long jobs = RealCluster.command("squeue", "--me", "-h", "-t", "all", "-o", "%i %k")
                    .lines()
                    .filter(line -> line.endsWith(":" + record.token()))
                    .count();
            assertEquals(1, jobs, "jobs with this token");
        }
    }
}
