package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class ManyJobsTest {
    @Test
    void twentyJobsAtOnceNeedAsFewCallsOfSqueueAsOne() throws Exception {
        CountingHeadNode node = new CountingHeadNode();
        try (RealCluster cluster = new RealCluster(node, EngineSettings.DEFAULTS)) {
            long begin = System.nanoTime();
            List<RecordingHost> hosts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                hosts.add(cluster.start(
                        cluster.plan(false, "sleep 2\necho job " + i + "\nexit " + i, Map.of(), List.of(), "", "")));
            }
            for (int i = 0; i < 20; i++) {
                RecordingHost host = hosts.get(i).await();
                assertEquals(Outcome.ofExitCode(i), host.outcome());
                assertTrue(host.output().startsWith("job " + i + "\n"), host::output);
            }
            long seconds = (System.nanoTime() - begin) / 1_000_000_000;
            assertTrue(node.squeueCalls() <= 1 + seconds / 10, node.squeueCalls() + " calls in " + seconds + " s");
        }
    }
}
