package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
class StrangeSharedDirectoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"we ird'\"$x%j ü", "a,b:c=d;e&f#g*"})
    void everyNameOfTheSharedDirectoryWorks(String name) throws Exception {
        Path shared = Files.createDirectories(Path.of(RealCluster.required("SHARED_DIR"), name));
        Path workspace = RealCluster.newWorkspace();
        Files.writeString(workspace.resolve("my data.csv"), "content\n");
        try (RealCluster cluster = new RealCluster(new LocalHeadNode(), EngineSettings.DEFAULTS, shared.toString())) {
            String script = "cat \"$INPUT\"\ncat 'my data.csv'\npwd\n";
            for (boolean inImage : new boolean[] {true, false}) {
                RecordingClient host = cluster.start(cluster.plan(
                                inImage, script, Map.of(), List.of(), workspace.toString(), "DATA_INPUT=my data.csv"))
                        .await();
                assertEquals(Outcome.success(), host.outcome(), host::output);
                String expected =
                        "content\ncontent\n" + host.record().directory().files() + "\n";
                assertTrue(host.output().contains(expected), host::output);
            }
        }
    }
}
