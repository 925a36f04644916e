package io.jenkins.plugins.slurmapptainer.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.script.BatchJob;
import io.jenkins.plugins.slurmapptainer.script.BatchScriptRenderer;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.script.Jobs;
import io.jenkins.plugins.slurmapptainer.script.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch script on a node where something is wrong with the file system. Faults 25 and 30. */
class BadNodeTest {
    @TempDir
    private Path folder;

    private JobDirectory directory;
    private Path elsewhere;

    @BeforeEach
    void prepare() throws IOException {
        directory = new JobDirectory(JobDirectory.root(folder.toString(), "c1"), Jobs.TOKEN);
        Files.createDirectories(Path.of(directory.files()));
        Files.createDirectories(Path.of(JobDirectory.announcements(directory.root())));
        elsewhere = Files.createDirectory(folder.resolve("tmp"));
    }

    /** As Slurm starts it when it could not enter the directory of {@code --chdir}: somewhere else. */
    private Shell.Result run(String script) throws Exception {
        BatchJob job =
                Jobs.job(directory.root(), Directives.of(Map.of(), List.of()), List.of(), Optional.empty(), script);
        Path batch = Files.writeString(Path.of(directory.batchScript()), BatchScriptRenderer.render(job));
        return Shell.run(
                Map.of("SLURM_JOB_ID", "12", "SLURMD_NODENAME", "n1"),
                List.of("bash", "-c", "cd \"$1\" && exec bash \"$2\"", "x", elsewhere.toString(), batch.toString()));
    }

    @Test
    @DisplayName("25: on the host too, the script runs in its directory, wherever Slurm starts it")
    void scriptRunsInItsDirectory() throws Exception {
        assertEquals(0, run("touch here\n").exitCode());
        assertTrue(Files.exists(Path.of(directory.files(), "here")));
        assertFalse(Files.exists(elsewhere.resolve("here")));
    }

    @Test
    @DisplayName("25: the script does not run if its directory is missing")
    void scriptDoesNotRunWithoutItsDirectory() throws Exception {
        Files.delete(Path.of(directory.files()));
        Shell.Result result = run("touch here\n");
        assertEquals(72, result.exitCode(), result.output());
        assertFalse(Files.exists(elsewhere.resolve("here")));
        assertTrue(result.output().contains(directory.files() + " cannot be entered on node n1."), result.output());
        assertTrue(Files.readString(Path.of(directory.exit() + 0)).contains(" exit=72 stage=prepare "));
    }

    /** Slurm would call the job COMPLETED, and there would be no record that contradicts. */
    @Test
    @DisplayName("30: on a full disk, where the lock can be created but not filled, the job does not end with 0")
    void fullDiskIsNoSuccess() throws Exception {
        Files.createFile(Path.of(directory.owner()));
        Shell.Result result = run("touch here\n");
        assertEquals(74, result.exitCode(), result.output());
        assertTrue(result.output().contains("cannot write to " + directory.path() + " on node n1."), result.output());
        assertFalse(Files.exists(Path.of(directory.files(), "here")));
    }
}
