package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two samples of the original system, with their options, files and expected text. */
@Tag("cluster")
class ReferenceSamplesTest {
    private static final Map<Directive, String> OPTIONS = Map.of(
            Directive.JOB_NAME,
            "test_job",
            Directive.PARTITION,
            "group1",
            Directive.NODES,
            "1",
            Directive.CPUS_PER_TASK,
            "64",
            Directive.MEMORY,
            "16GB",
            Directive.TIME,
            "01:00:00");

    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @Test
    void theFirstSampleRunsInTheImageWithItsFiles() throws Exception {
        Path workspace = RealCluster.newWorkspace();
        Files.writeString(workspace.resolve("data.csv"), "a;b\n1;2\n");
        Files.writeString(
                workspace.resolve("process.py"),
                "import sys\nassert sys.argv[1] == '--input'\nprint('read', repr(open(sys.argv[2]).read()))\n");
        String script =
                "#!/bin/bash\necho \"Hello from inside Apptainer!\"\npython3 --version\npython3 process.py --input $INPUT\n";
        RecordingClient host = cluster.start(cluster.plan(
                        true, script, OPTIONS, List.of(), workspace.toString(), "DATA_INPUT=data.csv\nprocess.py"))
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        String rule = "=".repeat(40);
        List<String> output = host.output().lines().toList();
        assertEquals(
                List.of(
                        rule,
                        "Using Apptainer image: python_3.11.sif",
                        "Image path: " + cluster.python().path(),
                        rule,
                        "Hello from inside Apptainer!"),
                output.subList(0, 5));
        assertTrue(output.get(5).startsWith("Python 3.11."), output.get(5));
        assertEquals(List.of("read 'a;b\\n1;2\\n'", "Apptainer execution completed"), output.subList(6, output.size()));
        String id = host.record().jobId();
        assertTrue(host.lines().contains("Job " + id + " submitted with Apptainer image: python_3.11.sif"));
        assertTrue(
                host.lines().contains("With 3 environment variables for uploaded files"),
                host.lines().toString());
        assertEquals(
                "test_job group1 64 16G 1:00:00",
                RealCluster.command("squeue", "-h", "-t", "all", "-j", id, "-o", "%j %P %C %m %l")
                        .strip());
    }

    @Test
    void theSecondSampleRunsOnTheHost() throws Exception {
        String script = "#!/bin/bash\necho \"Hello from host!\"\nhostname\ndate +%Y\n";
        RecordingClient host = cluster.start(cluster.plan(false, script, OPTIONS, List.of(), "", ""))
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        List<String> output = host.output().lines().toList();
        assertEquals("Hello from host!", output.get(0));
        assertEquals(RealCluster.command("hostname").strip(), output.get(1));
        assertEquals("Execution completed", output.get(3));
        assertTrue(host.lines().contains("Job " + host.record().jobId() + " submitted (no Apptainer)"));
    }
}
