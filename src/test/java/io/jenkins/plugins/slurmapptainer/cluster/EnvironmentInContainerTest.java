package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.script.BatchScriptRenderer;
import io.jenkins.plugins.slurmapptainer.script.Export;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.script.Jobs;
import io.jenkins.plugins.slurmapptainer.script.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
class EnvironmentInContainerTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void theProgramSeesFilesAndSlurmsVariablesButNotTheAgents(boolean inImage) throws Exception {
        Path workspace = RealCluster.newWorkspace();
        Files.writeString(workspace.resolve("data.csv"), "x\n");
        RecordingClient host = cluster.start(cluster.plan(
                        inImage,
                        "echo \"$FILE_DATA_INPUT|$INPUT|$FILES_DIR|$PWD\"\necho \"$SLURM_JOB_ID|$SLURM_CPUS_PER_TASK\"\nenv -0 | tr '\\n\\0' ' \\n'",
                        Map.of(Directive.CPUS_PER_TASK, "2"),
                        List.of(),
                        workspace.toString(),
                        "DATA_INPUT=data.csv"))
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        String files = host.record().directory().files();
        List<String> output = host.output().lines().toList();
        assertTrue(output.contains(files + "/data.csv|" + files + "/data.csv|" + files + "|" + files), host::output);
        assertTrue(output.contains(host.record().jobId() + "|2"), host::output);
        for (String name : System.getenv().keySet()) {
            if (!name.matches("PATH|HOME|USER|LOGNAME|SHELL|PWD|SHLVL|_|SLURM_.*|TMPDIR|LANG|LC_.*")) {
                assertFalse(output.stream().anyMatch(line -> line.startsWith(name + "=")), "leaked: " + name);
            }
        }
    }

    /** With the real Apptainer, which evaluates values once unless told otherwise. */
    @Test
    void valuesArriveLiterally(@TempDir Path folder) throws Exception {
        String nasty = "a b'\"$HOME `id` $(id) \\ ,=: %j\nline 2\n\tü 😀";
        var job = Jobs.job(
                folder.toString(),
                Directives.of(Map.of(), List.of()),
                List.of(new Export("NASTY", nasty)),
                Optional.of(cluster.python().inContainer()),
                "#!/usr/bin/env python3\nimport os\nprint(ascii(os.environ['NASTY']))\n");
        Files.createDirectories(Path.of(job.directory().files()));
        Files.createDirectories(
                Path.of(JobDirectory.announcements(job.directory().root())));
        Path batch = Files.writeString(Path.of(job.directory().batchScript()), BatchScriptRenderer.render(job));
        Shell.Result result =
                Shell.run(Map.of("SLURM_JOB_ID", "1", "HOME", folder.toString()), List.of("bash", batch.toString()));
        assertEquals(0, result.exitCode(), result.output());
        String literal = "'a b\\'\"$HOME `id` $(id) \\\\ ,=: %j\\nline 2\\n\\t\\xfc \\U0001f600'";
        assertTrue(result.output().lines().anyMatch(literal::equals), result.output());
    }
}
