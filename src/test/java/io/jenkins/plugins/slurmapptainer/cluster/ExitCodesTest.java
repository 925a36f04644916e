package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
class ExitCodesTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    /** All at once: the cluster has room. */
    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void everyExitCodeSurvives(boolean inImage) throws Exception {
        List<Integer> codes = List.of(0, 1, 9, 127, 255);
        List<RecordingClient> hosts = new ArrayList<>();
        for (int code : codes) {
            hosts.add(cluster.start(cluster.plan(inImage, "exit " + code, Map.of(), List.of(), "", "")));
        }
        for (int i = 0; i < codes.size(); i++) {
            assertEquals(Outcome.ofExitCode(codes.get(i)), hosts.get(i).await().outcome(), hosts.get(i)::output);
            assertEquals(1, hosts.get(i).ends());
        }
    }
}
