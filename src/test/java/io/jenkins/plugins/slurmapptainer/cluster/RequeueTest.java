package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Slurm lets a requeued job wait for two minutes, unless somebody moves its begin. */
@Tag("cluster")
class RequeueTest {
    @Test
    void aRequeuedJobEndsWithItsSecondAttempt() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            String script =
                    "echo attempt ${SLURM_RESTART_COUNT:-0}\n[ \"${SLURM_RESTART_COUNT:-0}\" = 1 ] && exit 5\nsleep 300\n";
            RecordingClient host = cluster.start(cluster.plan(false, script, Map.of(), List.of("--requeue"), "", ""));
            host.until(() -> host.output().contains("attempt 0\n"));
            String id = host.record().jobId();
            RealCluster.command("scontrol", "requeue", id);
            RealCluster.startAgain(id, () -> host.output().contains("attempt 1\n") || host.ends() > 0);
            assertEquals(
                    Outcome.ofExitCode(5), host.await(Duration.ofMinutes(4)).outcome(), host::output);
            assertTrue(host.output().contains("attempt 1\n"), host::output);
            assertTrue(
                    host.lines().stream().anyMatch(line -> line.contains("was started again (restart 1)")),
                    host.lines().toString());
            assertEquals(1, host.ends());
        }
    }
}
