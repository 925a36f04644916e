package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job gets into the queue once, however often and with whatever accidents it is asked for. */
class SubmissionTest {
    private static final String SCRIPT = "#!/bin/bash\n";

    @TempDir
    private Path folder;

    private final FakeCommands slurm = new FakeCommands();
    private JobDirectory directory;

    @BeforeEach
    void prepare() throws IOException {
        directory = new JobDirectory(folder + "/c1", JobToken.random());
        Files.createDirectories(Path.of(directory.path()));
    }

    private SubmitAnswer submit(String script) throws Exception {
        return new Submission(slurm, new SubmitRequest(directory, script, JobEnvironment.NONE), Duration.ZERO).submit();
    }

    private String comment() {
        return directory.comment();
    }

    private void inTheQueue(String id) {
        slurm.squeue = argv -> FakeCommands.ok(
                FakeCommands.row("7", "RUNNING", "jenkins:other") + FakeCommands.row(id, "PENDING", comment()));
    }

    @Test
    void theScriptIsWrittenAndSubmitted() throws Exception {
        slurm.sbatch = argv -> {
            assertEquals(directory.batchScript(), argv.get(argv.size() - 1));
            assertEquals(SCRIPT, Files.readString(Path.of(directory.batchScript())));
            assertTrue(Files.isDirectory(Path.of(JobDirectory.announcements(directory.root()))));
            return FakeCommands.ok("Welcome\n12;c2\n");
        };
        assertEquals(SubmitAnswer.submitted("12;c2"), submit(SCRIPT));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(directory.batchScript()))));
    }

    @Test
    void aRepeatedCallAnswersTheSameAndSubmitsNothing() throws Exception {
        submit(SCRIPT);
        assertEquals(SubmitAnswer.submitted("12"), submit(SCRIPT));
        assertEquals(SubmitAnswer.submitted("12"), submit(""));
        assertEquals(1, slurm.count("sbatch"));
        assertEquals(0, slurm.count("squeue"));
    }

    /** Somebody cancelled it before it started, and nobody looked until the queue had forgotten it. */
    @Test
    void aLostAnswerIsFoundByTheTokenInTheAccounting() throws Exception {
        String row = "|CANCELLED by 0|0:0|None assigned|2026-11-23T05:00:00||sbatch --parsable ";
        slurm.sbatch = argv -> FakeCommands.timedOut();
        slurm.sacct = argv -> FakeCommands.ok("11" + row + "/x/" + "f".repeat(32) + "/batch.sh\n" + "12" + row
                + directory.batchScript() + "\n13|COMPLETED|0:0|n1|2026-11-23T05:00:00||\n");
        assertEquals(SubmitAnswer.Result.UNCLEAR, submit(SCRIPT).result());
        assertEquals(SubmitAnswer.submitted("12"), submit(SCRIPT));
        assertEquals(1, slurm.count("sbatch"));
    }

    @Test
    void aJobThatTheAccountingDoesNotKnowIsSubmitted() throws Exception {
        slurm.sbatch = argv -> FakeCommands.timedOut();
        submit(SCRIPT);
        slurm.sbatch = argv -> FakeCommands.ok("12\n");
        slurm.sacct = argv -> FakeCommands.fails("Slurm accounting storage is disabled\n");
        assertEquals(SubmitAnswer.submitted("12"), submit(SCRIPT));
        assertEquals(2, slurm.count("sbatch"));
    }

    @Test
    void withoutAScriptNothingIsSubmitted() throws Exception {
        assertEquals(SubmitAnswer.notPrepared(), submit(""));
        assertEquals(0, slurm.count("sbatch"));
    }

    @Test
    void aLostAnswerIsFoundByTheTokenInTheQueue() throws Exception {
        slurm.sbatch = argv -> FakeCommands.fails("sbatch: error: Socket timed out on send/recv operation");
        assertEquals(SubmitAnswer.Result.UNCLEAR, submit(SCRIPT).result());
        inTheQueue("13");
        assertEquals(SubmitAnswer.submitted("13"), submit(""));
        assertEquals(SubmitAnswer.submitted("13"), submit(""));
        assertEquals(1, slurm.count("sbatch"));
    }

    @Test
    void aLostAnswerIsFoundByTheRecordOfTheStart() throws Exception {
        slurm.sbatch = argv -> FakeCommands.timedOut();
        assertEquals(SubmitAnswer.Result.UNCLEAR, submit(SCRIPT).result());
        Files.writeString(
                Path.of(directory.started() + 0),
                "v1 token=" + directory.token() + " job=14 attempt=0 time=1 node=n1\n");
        slurm.squeue = argv -> FakeCommands.fails("slurm_load_jobs error: Unable to contact slurm controller");
        assertEquals(SubmitAnswer.submitted("14"), submit(""));
    }

    @Test
    void whileSqueueDoesNotAnswerNothingIsSubmittedAgain() throws Exception {
        slurm.sbatch = argv -> FakeCommands.timedOut();
        submit(SCRIPT);
        slurm.squeue = argv -> new io.jenkins.plugins.slurmapptainer.slurm.CommandResult(
                0, "", "slurm_load_jobs error: Socket timed out on send/recv operation");
        SubmitAnswer answer = submit("");
        assertEquals(SubmitAnswer.Result.UNCLEAR, answer.result());
        assertTrue(answer.text().contains("Socket timed out"), answer.text());
        slurm.squeue = argv -> {
            throw new IOException("cannot run squeue");
        };
        assertThrows(IOException.class, () -> submit(""));
        assertEquals(1, slurm.count("sbatch"));
    }

    @Test
    void aJobIsSubmittedAgainOnlyWhenItIsMissingInTwoLooks() throws Exception {
        slurm.sbatch = argv -> FakeCommands.timedOut();
        submit(SCRIPT);
        slurm.squeue = argv -> FakeCommands.ok(FakeCommands.row("7", "RUNNING", "jenkins:other"));
        slurm.sbatch = argv -> FakeCommands.ok("15\n");
        assertEquals(SubmitAnswer.submitted("15"), submit(""));
        assertEquals(2, slurm.count("squeue"));
        assertEquals(SCRIPT, Files.readString(Path.of(directory.batchScript())));
    }

    @Test
    void aLookUpFindsTheJobOrSubmitsNothing() throws Exception {
        slurm.sbatch = argv -> FakeCommands.timedOut();
        submit(SCRIPT);
        SubmitRequest lookUp = SubmitRequest.lookUp(directory);
        assertEquals(SubmitAnswer.notPrepared(), new Submission(slurm, lookUp, Duration.ZERO).submit());
        assertEquals(1, slurm.count("sbatch"));
        inTheQueue("13");
        assertEquals(SubmitAnswer.submitted("13"), new Submission(slurm, lookUp, Duration.ZERO).submit());
    }

    @Test
    void aCrashBetweenTheCallAndItsAnswerIsALostAnswer() throws Exception {
        slurm.sbatch = argv -> {
            throw new IllegalStateException("the agent's process was killed");
        };
        assertThrows(IllegalStateException.class, () -> submit(SCRIPT));
        inTheQueue("16");
        assertEquals(SubmitAnswer.submitted("16"), submit(""));
        assertEquals(1, slurm.count("sbatch"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Welcome to cluster X\n", "Submitted batch job 12\n"})
    void anAnswerWithoutAnIdIsUnclear(String stdout) throws Exception {
        slurm.sbatch = argv -> FakeCommands.ok(stdout);
        SubmitAnswer answer = submit(SCRIPT);
        assertEquals(SubmitAnswer.Result.UNCLEAR, answer.result());
        assertTrue(answer.text().startsWith("sbatch printed no job id"), answer.text());
        inTheQueue("12");
        assertEquals(SubmitAnswer.submitted("12"), submit(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REJECTED|sbatch: error: Batch job submission failed: Invalid partition name specified",
                "NOT_NOW|sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)",
                "UNCLEAR|sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received"
            })
    void slurmsWordsDecideAndAreReturned(SubmitAnswer.Result result, String words) throws Exception {
        slurm.sbatch = argv -> FakeCommands.fails(words + "\n");
        assertEquals(new SubmitAnswer(result, "", words, ""), submit(SCRIPT));
    }

    @Test
    void aJobThatWasNotTakenIsSubmittedAgainWithoutALookUp() throws Exception {
        slurm.sbatch = argv -> FakeCommands.fails("sbatch: error: Slurm backup controller in standby mode");
        submit(SCRIPT);
        slurm.sbatch = argv -> FakeCommands.ok("17\n");
        assertEquals(SubmitAnswer.submitted("17"), submit(""));
        assertEquals(0, slurm.count("squeue"));
    }

    @Test
    void aMissingSbatchIsReportedWithThePath() throws Exception {
        slurm.sbatch = argv -> {
            throw new IOException("Cannot run program \"sbatch\": error=2, No such file or directory");
        };
        SubmitAnswer answer = submit(SCRIPT);
        assertEquals(SubmitAnswer.Result.REJECTED, answer.result());
        assertTrue(answer.text().contains("sbatch cannot be run on this head node"), answer.text());
        assertFalse(answer.text().contains("\n"));
    }

    /** The job is in the queue: that its id cannot be written down must not hide it. */
    @Test
    void anIdThatCannotBeWrittenDownStillCounts() throws Exception {
        slurm.sbatch = argv -> {
            Files.createDirectories(Path.of(directory.jobId(), "in the way"));
            return FakeCommands.ok("18\n");
        };
        LocalHeadNode node = new LocalHeadNode(slurm);
        assertEquals(
                SubmitAnswer.submitted("18").by(System.getProperty("user.name")),
                node.submit(new SubmitRequest(directory, SCRIPT, JobEnvironment.NONE)));
    }

    @Test
    void withoutAPlaceForTheScriptNothingIsSubmitted() throws Exception {
        Files.delete(Path.of(directory.path()));
        SubmitAnswer answer =
                new LocalHeadNode(slurm).submit(new SubmitRequest(directory, SCRIPT, JobEnvironment.NONE));
        assertEquals(SubmitAnswer.Result.REJECTED, answer.result());
        assertEquals(0, slurm.count("sbatch"));
    }

    @Test
    void aRefusalDoesNotCountIfTheJobIsInTheQueue() throws Exception {
        slurm.sbatch = argv -> FakeCommands.fails("site wrapper: something went wrong");
        inTheQueue("16");
        assertEquals(SubmitAnswer.submitted("16"), submit(SCRIPT));
    }

    @Test
    void anSbatchThatWasKilledIsNoRefusal() throws Exception {
        slurm.sbatch = argv -> new CommandResult(137, "", "");
        assertEquals(SubmitAnswer.Result.UNCLEAR, submit(SCRIPT).result());
        inTheQueue("17");
        assertEquals(SubmitAnswer.submitted("17"), submit(""));
        assertEquals(1, slurm.count("sbatch"));
    }

    @Test
    void theRowThatSlurmKeepsOfARefusedJobIsNoJob() throws Exception {
        slurm.sbatch = argv -> FakeCommands.fails("Memory specification can not be satisfied");
        slurm.squeue = argv -> FakeCommands.ok(FakeCommands.row("18", "FAILED", comment()));
        assertEquals(SubmitAnswer.Result.REJECTED, submit(SCRIPT).result());
    }
}
