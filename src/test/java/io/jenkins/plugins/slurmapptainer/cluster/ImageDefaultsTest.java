package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an entry of the catalog says of an image, on the real Apptainer. */
@Tag("cluster")
class ImageDefaultsTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @Test
    void bindsEnvironmentAndInterpreterTakeEffect() throws Exception {
        Path data = Files.createDirectory(Path.of(cluster.shared(), "da ta,with:odd\"name-" + System.nanoTime()));
        Files.writeString(data.resolve("in"), "bound");
        ContainerImage image = new ContainerImage(
                cluster.python().name(),
                cluster.python().path(),
                "",
                List.of(new Bind(data.toString(), "/mnt", true), new Bind(data.toString(), "/opt", false)),
                Map.of("GREETING", "it's $HOME `id`", "PYTHONDONTWRITEBYTECODE", "1"),
                Gpu.NV,
                List.of("/usr/bin/python3", "-u"));
        String script = String.join(
                "\n",
                "import os",
                "print(open('/mnt/in').read(), os.environ['GREETING'])",
                "open('/opt/out', 'w').write('x')",
                "try:",
                "    open('/mnt/out2', 'w')",
                "except OSError as e:",
                "    print(e.strerror)");
        RecordingClient host = cluster.start(cluster.plan(image, script)).await();
        assertEquals(Outcome.ofExitCode(0), host.outcome(), host.output());
        assertTrue(host.output().contains("bound it's $HOME `id`\nRead-only file system\n"), host.output());
        assertTrue(Files.exists(data.resolve("out")));
    }
}
