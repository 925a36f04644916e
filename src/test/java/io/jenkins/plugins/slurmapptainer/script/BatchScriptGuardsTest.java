package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job does when it cannot start, starts twice or starts again. */
class BatchScriptGuardsTest {
    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder);
    }

    @Test
    void anUnreadableImageIsReportedBeforeAnythingStarts() throws Exception {
        assertEquals(66, run.image(folder + "/no such.sif").run("echo never\n"));
        assertTrue(
                run.output().endsWith("Image " + folder + "/no such.sif cannot be read on node n1.\n"), run.output());
        assertTrue(run.exitRecord(0).contains(" exit=66 stage=prepare signals= oom=0 "), run.exitRecord(0));
        assertTrue(run.isDone());
        assertFalse(run.output().contains("never\n"));
    }

    @Test
    void aNodeWithoutApptainerIsReported() throws Exception {
        Files.delete(folder.resolve("bin/apptainer"));
        assertEquals(69, run.with("PATH", folder + "/bin:/usr/bin:/bin").run("echo never\n"));
        assertTrue(run.output().contains("apptainer was not found on node n1 (PATH=" + folder + "/bin:"), run.output());
        assertTrue(run.exitRecord(0).contains(" exit=69 stage=prepare "), run.exitRecord(0));
    }

    @Test
    void aSecondJobWithTheSameScriptDoesNothing() throws Exception {
        run.run("echo once >> ran\nexit 3\n");
        String before = run.exitRecord(0);
        assertEquals(75, run.with("SLURM_JOB_ID", "4712").run("echo once >> ran\nexit 3\n"));
        assertTrue(run.output().contains("Job 4712 does nothing: job 4711 already runs this script.\n"), run.output());
        assertEquals(before, run.exitRecord(0));
        assertEquals(
                1, Files.readAllLines(Path.of(run.directory().files(), "ran")).size());
    }

    @Test
    void theSecondJobSaysHowToRunTheScriptByHand() throws Exception {
        run.run("true\n");
        run.with("SLURM_JOB_ID", "4712").run("true\n");
        String command = "sbatch --export=ALL,SLURM_APPTAINER_RERUN=yes "
                + run.directory().batchScript();
        assertTrue(run.output().contains(command), run.output());
    }

    @Test
    void aScriptThatIsRunByHandLeavesTheRecordsAlone() throws Exception {
        run.run("exit 3\n");
        String before = run.exitRecord(0);
        run.removeAnnouncements();
        run.with("SLURM_JOB_ID", "4712").with("SLURM_APPTAINER_RERUN", "yes").with("TMPDIR", folder.toString());
        assertEquals(4, run.run("exit 4\n"));
        assertEquals(before, run.exitRecord(0));
        assertFalse(run.isDone());
    }

    @Test
    void aRestartOfTheSameJobIsAnotherAttempt() throws Exception {
        run.run("exit 3\n");
        assertEquals(0, run.with("SLURM_RESTART_COUNT", "1").run("echo again\n"));
        assertTrue(run.exitRecord(0).contains("attempt=0 exit=3 "), run.exitRecord(0));
        assertTrue(run.exitRecord(1).contains("attempt=1 exit=0 "), run.exitRecord(1));
        assertEquals("job=4711 attempt=1 node=n1", run.startRecord(1));
    }

    /** A slurmctld that is killed may forget that it has started a job. */
    @Test
    void aJobThatSlurmStartsTwiceRunsOnce() throws Exception {
        Process first = run.start("echo once >> ran\nsleep 60\n");
        run.awaitFile("ran");
        first.descendants().forEach(ProcessHandle::destroyForcibly);
        first.destroyForcibly();
        assertEquals(76, run.run("echo once >> ran\nsleep 60\n"));
        assertEquals(
                1, Files.readAllLines(Path.of(run.directory().files(), "ran")).size());
        assertEquals("job=4711 attempt=0 node=n1", run.startRecord(0));
        assertFalse(Files.exists(Path.of(run.directory().started() + 1)), "nothing was started");
        assertTrue(
                run.exitRecord(1).startsWith("job=4711 attempt=1 exit=76 stage=prepare signals= "), run.exitRecord(1));
        assertTrue(run.output().contains("Job 4711 does nothing: it has been started before"), run.output());
    }

    /** Whatever the job was submitted with, an administrator can put it back. */
    @Test
    void aRestartAfterAStartThatDidNothingRuns() throws Exception {
        Process first = run.start("echo once >> ran\nsleep 60\n");
        run.awaitFile("ran");
        first.descendants().forEach(ProcessHandle::destroyForcibly);
        first.destroyForcibly();
        run.run("exit 4\n");
        assertEquals(5, run.with("SLURM_RESTART_COUNT", "1").run("exit 5\n"));
        assertEquals("job=4711 attempt=1 node=n1", run.startRecord(1));
        assertTrue(run.exitRecord(1).contains("attempt=1 exit=5 stage=program "), run.exitRecord(1));
    }

    @Test
    void aJobThatHasEndedKeepsItsEndWhenSlurmStartsItAgain() throws Exception {
        run.run("exit 3\n");
        String before = run.exitRecord(0);
        run.removeAnnouncements();
        assertEquals(76, run.run("exit 4\n"));
        assertEquals(before, run.exitRecord(0));
        assertFalse(Files.exists(Path.of(run.directory().started() + 1)));
        assertTrue(run.isDone());
    }

    @Test
    void aJobThatMayBeRepeatedIsANewAttemptWheneverItStarts() throws Exception {
        run.requeue().run("exit 3\n");
        assertEquals(4, run.run("exit 4\n"));
        assertEquals(5, run.with("SLURM_RESTART_COUNT", "1").run("exit 5\n"));
        for (int attempt = 0; attempt < 3; attempt++) {
            String record = "attempt=" + attempt + " exit=" + (3 + attempt) + " ";
            assertTrue(run.exitRecord(attempt).contains(record), run.exitRecord(attempt));
        }
    }
}
