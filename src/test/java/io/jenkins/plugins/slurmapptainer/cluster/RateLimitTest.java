package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slurm 23.02 and newer make an account wait that asks too much; the commands then sleep by themselves. */
@Tag("cluster")
@Tag("accounting")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RateLimitTest {
    @Test
    @DisplayName("22, 35: jobs of an account at its rate limit run once and are reported correctly")
    void jobsOfAnAccountAtItsLimitRunOnce() throws Exception {
        String parameters = RealCluster.command("scontrol", "show", "config")
                .lines()
                .filter(line -> line.startsWith("SlurmctldParameters"))
                .findFirst()
                .orElse("");
        assumeTrue(parameters.contains("rl_enable"), "this Slurm knows no rate limit: " + parameters);
        List<Process> others = new ArrayList<>();
        try (RealCluster cluster = new RealCluster()) {
            for (int i = 0; i < 4; i++) {
                others.add(new ProcessBuilder("bash", "-c", "for i in $(seq 100); do squeue --me; done")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
            }
            List<RecordingClient> hosts = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                hosts.add(cluster.start(cluster.plan(false, "echo once; exit " + i, Map.of(), List.of(), "", "")));
            }
            for (int i = 0; i < 10; i++) {
                RecordingClient host = hosts.get(i);
                assertEquals(
                        Outcome.ofExitCode(i), host.await(Duration.ofMinutes(5)).outcome(), "" + host.lines());
                assertEquals(1, host.output().lines().filter("once"::equals).count());
            }
        } finally {
            others.forEach(process -> {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            });
        }
    }
}
