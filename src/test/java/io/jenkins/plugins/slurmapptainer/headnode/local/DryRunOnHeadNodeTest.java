package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunOnHeadNodeTest {
    private static final String WORDS = "sbatch: Job 12 to start at 2026-01-31T12:00:00 using 1 processors on nodes n1";

    @TempDir
    private Path folder;

    private final FakeCommands slurm = new FakeCommands();

    private SubmitAnswer check() throws Exception {
        JobDirectory directory = new JobDirectory(folder + "/c1", JobToken.random());
        Files.createDirectories(Path.of(directory.path()));
        SubmitAnswer answer = new DryRun(slurm, SubmitRequest.dryRun(directory, "#!/bin/bash\n")).check();
        assertFalse(Files.exists(Path.of(directory.jobId())));
        return answer;
    }

    @Test
    void slurmChecksTheScriptItself() throws Exception {
        slurm.sbatch = argv -> {
            assertEquals(List.of("sbatch", "--test-only"), argv.subList(0, 2));
            assertEquals("#!/bin/bash\n", Files.readString(Path.of(argv.get(2))));
            return new CommandResult(0, "", WORDS + "\n");
        };
        assertEquals(SubmitAnswer.checked(WORDS), check());
    }

    @Test
    void slurmsRefusalIsQuotedAndItsSilenceIsNoRefusal() throws Exception {
        slurm.sbatch = argv -> FakeCommands.fails("allocation failure: Invalid partition name specified");
        assertEquals(SubmitAnswer.rejected("allocation failure: Invalid partition name specified"), check());
        slurm.sbatch =
                argv -> FakeCommands.fails("sbatch: error: Unable to contact slurm controller (connect failure)");
        assertEquals(SubmitAnswer.Result.NOT_NOW, check().result());
        slurm.sbatch = argv -> FakeCommands.fails("Socket timed out on send/recv operation");
        assertEquals(SubmitAnswer.Result.NOT_NOW, check().result());
        slurm.sbatch = argv -> FakeCommands.timedOut();
        assertEquals(SubmitAnswer.Result.NOT_NOW, check().result());
    }
}
