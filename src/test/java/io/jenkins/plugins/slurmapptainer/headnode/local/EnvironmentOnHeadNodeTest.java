package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file with the values of the build's variables: who writes it, who may read it, how long it is there. */
class EnvironmentOnHeadNodeTest {
    private static final JobEnvironment SECRET =
            EnvironmentRequest.of(List.of("TOKEN", "MODE=fast")).resolve(Map.of("TOKEN", "hunter2\nü"), List.of());

    @TempDir
    private Path folder;

    private final FakeCommands slurm = new FakeCommands();
    private final LocalHeadNode node = new LocalHeadNode(slurm);
    private JobDirectory directory;
    private Path file;

    @BeforeEach
    void prepare() throws Exception {
        directory = new JobDirectory(folder + "/c1", JobToken.random());
        file = Path.of(directory.environment());
        Files.createDirectories(Path.of(directory.path()));
    }

    private SubmitRequest request() {
        return new SubmitRequest(directory, "#!/bin/bash\n", SECRET);
    }

    @Test
    void thePrivateFileIsWrittenBeforeTheSubmission() throws Exception {
        slurm.sbatch = argv -> {
            assertEquals("TOKEN=hunter2\nü\0MODE=fast\0", Files.readString(file));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertFalse(argv.toString().contains("hunter2"));
            return FakeCommands.ok("18\n");
        };
        assertEquals("18", node.submit(request()).jobId());
    }

    /** The job may have started and removed it: a repeated call must not bring the values back. */
    @Test
    void aRepeatedCallDoesNotWriteTheFileAgain() throws Exception {
        slurm.sbatch = argv -> FakeCommands.ok("18\n");
        node.submit(request());
        Files.delete(file);
        assertEquals("18", node.submit(request()).jobId());
        assertFalse(Files.exists(file));
    }

    @Test
    void aJobThatNeverReadTheFileLeavesNoValues() throws Exception {
        slurm.sbatch = argv -> FakeCommands.fails("sbatch: error: invalid partition specified");
        assertEquals(SubmitAnswer.Result.REJECTED, node.submit(request()).result());
        assertTrue(Files.exists(file), "otherwise this shows nothing");
        node.collect(CollectRequest.cleanUp(directory, CollectRequest.Afterwards.KEEP_FAILED));
        assertFalse(Files.exists(file));
        assertTrue(Files.exists(Path.of(directory.batchScript())), "the rest is kept");
    }

    @Test
    void withoutVariablesThereIsNoFile() throws Exception {
        slurm.sbatch = argv -> FakeCommands.ok("18\n");
        node.submit(new SubmitRequest(directory, "#!/bin/bash\n", JobEnvironment.NONE));
        assertFalse(Files.exists(file));
    }

    @Test
    void noTextOfARequestShowsAValue() {
        String text = request().toString();
        assertTrue(text.contains("TOKEN"), text);
        assertFalse(text.contains("hunter2"), text);
    }
}
