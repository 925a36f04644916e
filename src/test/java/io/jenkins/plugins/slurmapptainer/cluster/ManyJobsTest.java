package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.CountingHeadNode;
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

/** Fault 22. */
@Tag("cluster")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ManyJobsTest {
    @Test
    @DisplayName("22: twenty jobs at once need as few calls of squeue as one")
    void twentyJobsAtOnceNeedAsFewCallsOfSqueueAsOne() throws Exception {
        atOnce(20);
    }

    /** They wait for each other: the cluster has no room for all. */
    @Test
    @Tag("disturbing")
    @DisplayName("22: two hundred jobs at once need as few calls of squeue as one")
    void twoHundredJobsAtOnceNeedAsFewCallsOfSqueueAsOne() throws Exception {
        atOnce(200);
    }

    private static void atOnce(int number) throws Exception {
        CountingHeadNode node = new CountingHeadNode();
        try (RealCluster cluster = new RealCluster(node, EngineSettings.DEFAULTS)) {
            long begin = System.nanoTime();
            List<RecordingClient> hosts = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                hosts.add(cluster.start(cluster.plan(
                        false, "sleep 2\necho job " + i + "\nexit " + i % 100, Map.of(), List.of(), "", "")));
            }
            for (int i = 0; i < number; i++) {
                RecordingClient host = hosts.get(i).await(Duration.ofMinutes(5));
                assertEquals(Outcome.ofExitCode(i % 100), host.outcome());
                assertTrue(host.output().startsWith("job " + i + "\n"), host::output);
            }
            long seconds = (System.nanoTime() - begin) / 1_000_000_000;
            // One call may be urgent, and comes sooner.
            assertTrue(node.squeueCalls() <= 2 + seconds / 8, node.squeueCalls() + " calls in " + seconds + " s");
        }
    }
}
