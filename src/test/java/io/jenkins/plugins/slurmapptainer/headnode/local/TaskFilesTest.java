package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFilesTest {
    @TempDir
    Path folder;

    private JobDirectory job;
    private Path tasks;
    private Path workspace;

    @BeforeEach
    void prepare() throws Exception {
        job = new JobDirectory(folder + "/c1", JobToken.random());
        tasks = Files.createDirectories(Path.of(job.tasks()));
        workspace = folder.resolve("workspace");
        Files.writeString(Path.of(job.ofTask(7).outputLog()), "seven");
        Files.writeString(Path.of(job.ofTask(12).outputLog()), "twelve");
        Files.createDirectories(Path.of(job.ofTask(7).path()));
    }

    private CollectAnswer copy(String to) throws Exception {
        CollectRequest request = CollectRequest.ofTasks(job, "123", to, OutputBounds.NONE);
        TaskFiles.name(request);
        return new OutputFiles(request).copy();
    }

    @Test
    void theOutputOfTasksGetsTheNamesThatSlurmWouldGiveIt() throws Exception {
        for (int i = 0; i < 2; i++) {
            CollectAnswer answer = copy(workspace.toString());
            assertEquals(List.of(), answer.problems());
            assertEquals(List.of("slurm-123_12.out", "slurm-123_7.out"), answer.files());
            assertEquals(11, answer.bytes());
        }
        assertEquals("seven", Files.readString(workspace.resolve("slurm-123_7.out")));
        assertEquals("twelve", Files.readString(workspace.resolve("slurm-123_12.out")));
    }

    /** Another machine fetches them by these names. */
    @Test
    void theOutputOfTasksIsFoundForARemoteWorkspace() throws Exception {
        assertEquals(List.of("slurm-123_12.out", "slurm-123_7.out"), copy("").files());
        Path named = Path.of(
                CollectRequest.ofTasks(job, "123", "", OutputBounds.NONE).workingDirectory());
        assertEquals("seven", Files.readString(named.resolve("slurm-123_7.out")));
    }

    @Test
    void linksThatAJobHasPutThereAreNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.log"), "secret");
        Files.createSymbolicLink(tasks.resolve("13.log"), secret);
        Files.createSymbolicLink(
                Path.of(CollectRequest.ofTasks(job, "123", "", OutputBounds.NONE)
                        .workingDirectory()),
                folder);
        assertEquals(2, copy(workspace.toString()).files().size());
        assertFalse(Files.exists(folder.resolve("slurm-123_7.out")));
    }

    @Test
    void otherOutputsNeedNoNames() throws Exception {
        TaskFiles.name(CollectRequest.cleanUp(job, CollectRequest.Afterwards.USE));
        assertFalse(Files.exists(Path.of(job.path(), "task-files")));
    }
}
