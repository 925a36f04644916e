package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real jobs that want files that are not theirs brought to them as outputs. */
@Tag("cluster")
@Timeout(300)
class HostileOutputsOnClusterTest {
    private final RealCluster cluster = new RealCluster();
    private Path scratch;
    private Path workspace;

    @BeforeEach
    void prepare() throws Exception {
        scratch = Files.createDirectory(Path.of(cluster.shared(), "hostile-" + System.nanoTime()));
        workspace = RealCluster.newWorkspace();
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingClient start(String image, String script, Path workingDirectory, String outputs) {
        SlurmJobOptions options = new SlurmJobOptions(script);
        options.image(image);
        options.set(LaunchOption.WORKING_DIRECTORY, workingDirectory.toString());
        options.outputs(outputs);
        BindRoots roots = new BindRoots("real", List.of(scratch.toString()));
        return cluster.start(cluster.plan(options, roots, workspace.toString()));
    }

    @Test
    void theEnvironmentOfTheAgentIsRefusedBeforeAnythingIsSubmitted() throws Exception {
        RecordingClient host = start(null, "true", Path.of("/proc/self"), "environ");
        host.until(() -> host.failure() != null || host.ends() > 0);
        InvalidRequestException refusal = assertInstanceOf(InvalidRequestException.class, host.failure());
        assertTrue(
                refusal.getMessage().startsWith("outputs: outputs are not read in /proc/self"), refusal.getMessage());
        assertEquals("", host.record().jobId());
        assertFalse(Files.exists(workspace.resolve("environ")));
    }

    @Test
    void aWorkingDirectoryThatTheProgramReplacesByALinkIsNotRead() throws Exception {
        Path victim = Files.createDirectory(Path.of(cluster.shared(), "victim-" + System.nanoTime()));
        Files.writeString(victim.resolve("env"), "TOKEN=of-another-job");
        Path run = Files.createDirectory(scratch.resolve("run"));
        String script = "cd " + scratch + " && mv run old && ln -s " + victim + " run";
        for (String image : new String[] {"python_3.11", null}) {
            SlurmJobOptions options = new SlurmJobOptions(script);
            options.image(image);
            options.set(LaunchOption.WORKING_DIRECTORY, run.toString());
            if (image != null) {
                options.set(LaunchOption.BINDS, scratch.toString());
            }
            options.outputs("env");
            RecordingClient host = cluster.start(cluster.plan(
                            options, new BindRoots("real", List.of(scratch.toString())), workspace.toString()))
                    .await();
            assertEquals(Outcome.Kind.OUTPUT_MISSING, host.outcome().kind(), host::output);
            assertTrue(
                    host.outcome().detail().startsWith("outputs: outputs are not read in " + run + ", which leads to "),
                    host.outcome().detail());
            assertFalse(Files.exists(workspace.resolve("env")));
            Files.delete(run);
            Files.move(scratch.resolve("old"), run);
        }
    }

    @Test
    void outputsInAllowedDirectoriesAreCopied() throws Exception {
        RecordingClient host = start("python_3.11", "echo mine > result.txt", scratch, "result.txt");
        assertEquals(Outcome.success(), host.await().outcome(), host::output);
        assertEquals("mine\n", Files.readString(workspace.resolve("result.txt")));
    }
}
