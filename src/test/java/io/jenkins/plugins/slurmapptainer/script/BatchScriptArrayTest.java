package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the batch script of a job array does as one of its tasks. */
class BatchScriptArrayTest {
    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder).array("0-9%2");
    }

    @Test
    void eachTaskLeavesRecordsAndOutputOfItsOwn() throws Exception {
        assertEquals(0, run.task(7).run("echo seven\n"));
        assertEquals("job=4700_7 attempt=0 node=n1", run.startRecord(0));
        assertTrue(run.exitRecord(0).startsWith("job=4700_7 attempt=0 exit=0 stage=program "), run.exitRecord(0));
        assertTrue(run.isDone());
        assertEquals("seven\n", run.program());
        assertEquals(3, run.task(8).run("exit 3\n"));
        assertTrue(run.exitRecord(0).startsWith("job=4700_8 attempt=0 exit=3 "), run.exitRecord(0));
        assertEquals("seven\n", run.task(7).program());
        assertEquals(
                List.of("7.ended.0", "7.started.0", "8.ended.0", "8.started.0"),
                run.announced(),
                "the array has no end of its own");
    }

    @Test
    void theRecordHasTheSizeOfTheTasksOutput() throws Exception {
        run.task(7).run("echo seven\n");
        assertTrue(run.exitRecord(0).contains(" output=" + run.output().length() + " "), run.exitRecord(0));
    }

    @Test
    void theDirectoryBelongsToTheArrayAndNotToOneTask() throws Exception {
        run.task(7).run("true\n");
        assertEquals("4700\n", Files.readString(Path.of(run.directory().owner())));
        assertEquals(0, run.task(8).run("true\n"));
    }

    @Test
    void tasksOfAnotherArrayWithTheSameTokenDoNothing() throws Exception {
        run.task(7).run("true\n");
        run.with("SLURM_ARRAY_JOB_ID", "4800");
        assertEquals(75, run.task(8).run("touch done\n"));
        assertTrue(run.output().contains("Job 4800_8 does nothing: job 4700 already runs this script."), run.output());
        assertEquals("", run.exitRecord(0));
        assertFalse(Files.exists(Path.of(run.directory().files(), "done")));
    }

    @Test
    void allTasksGetTheBuildsVariables() throws Exception {
        run.variable("GREETING", "hello  world");
        for (int task = 0; task < 3; task++) {
            assertEquals(0, run.task(task).run("echo \"$GREETING\"\n"));
            assertEquals("hello  world\n", run.program());
        }
        assertTrue(Files.exists(Path.of(run.directory().environment())), "others may still need them");
    }

    @Test
    void aTaskThatIsStartedAgainHasAnotherRecord() throws Exception {
        run.requeue();
        run.task(7).run("exit 1\n");
        run.task(8).run("true\n");
        run.with("SLURM_RESTART_COUNT", "1");
        assertEquals(0, run.task(7).run("true\n"));
        assertTrue(run.exitRecord(0).startsWith("job=4700_7 attempt=0 exit=1 "), run.exitRecord(0));
        assertTrue(run.exitRecord(1).startsWith("job=4700_7 attempt=1 exit=0 "), run.exitRecord(1));
        assertEquals("", run.task(8).exitRecord(1));
    }

    @Test
    void aWronglyRepeatedTaskDoesNothing() throws Exception {
        run.task(7).run("true\n");
        assertEquals(76, run.task(7).run("touch again\n"));
        assertEquals(0, run.task(8).run("true\n"));
        assertFalse(Files.exists(Path.of(run.directory().files(), "again")));
    }

    @Test
    void aTaskThatIsRunByHandLeavesTheRecordsAlone() throws Exception {
        run.task(7).run("exit 4\n");
        String record = run.exitRecord(0);
        run.removeAnnouncements();
        run.with("SLURM_APPTAINER_RERUN", "yes").with("SLURM_ARRAY_JOB_ID", "4900");
        assertEquals(0, run.task(7).run("echo again\n"));
        assertEquals(record, run.exitRecord(0));
        assertFalse(run.isDone());
    }

    @Test
    void aTaskWithoutADirectoryReportsThat() throws Exception {
        run.task(7).run("true\n");
        Files.createFile(Path.of(run.task(8).directory().path()));
        assertEquals(74, run.run("true\n"));
        assertTrue(run.output().contains("Job 4700_8 cannot write to "), run.output());
    }
}
