package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the batch script makes of tasks that fail in ways that real nodes do not show on demand. */
class BatchScriptSrunTest {
    /** Stands for srun: starts the command for one task after the other, each on a node of its own. */
    private static final String SRUN = "#!/bin/bash\n"
            + "while [[ $1 == -* ]]; do shift; done\n"
            + "worst=0\n"
            + "for ((i = 0; i < ${TASKS:-3}; i++)); do\n"
            + "  [ \"$i\" != \"${GONE:-}\" ] || rm -f \"$IMAGE\"\n"
            + "  SLURM_PROCID=$i SLURMD_NODENAME=n$i \"$@\"\n"
            + "  code=$?\n"
            + "  [ $code -le $worst ] || worst=$code\n"
            + "done\n"
            + "exit $worst\n";

    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder).launch(new Launch(Launch.Way.SRUN, "", Launch.Output.MIXED));
        Path srun = Files.writeString(folder.resolve("bin/srun"), SRUN);
        assertTrue(srun.toFile().setExecutable(true));
    }

    @Test
    void eachTaskRunsOnceWithItsNumber() throws Exception {
        assertEquals(0, run.variable("GREETING", "hello").run("echo \"$GREETING $SLURM_PROCID $SLURMD_NODENAME\"\n"));
        assertEquals("hello 0 n0\nhello 1 n1\nhello 2 n2\n", run.program());
    }

    @Test
    void theHighestExitCodeOfATaskCounts() throws Exception {
        assertEquals(4, run.run("exit $((SLURM_PROCID * 2))\n"));
        assertTrue(run.exitRecord(0).contains(" exit=4 stage=program "), run.exitRecord(0));
        assertTrue(
                run.output()
                        .contains(
                                "Task 1 on node n1 ended with exit code 2\nTask 2 on node n2 ended with exit code 4\n"),
                run.output());
    }

    /** They have done nothing wrong, and their exit code is higher than most. */
    @Test
    void tasksThatSrunHasEndedDoNotCount() throws Exception {
        assertEquals(3, run.run("[ $SLURM_PROCID = 1 ] && exit 3\nkill -TERM $$\n"));
        assertTrue(run.output().contains("Task 1 on node n1 ended with exit code 3\n"), run.output());
        assertFalse(run.output().contains("Task 0"), run.output());
    }

    @Test
    void whereAllTasksAreEndedTheirExitCodeCounts() throws Exception {
        assertEquals(143, run.run("kill -TERM $$\n"));
    }

    @Test
    void aTaskThatIsKilledHasFailed() throws Exception {
        assertEquals(137, run.run("[ $SLURM_PROCID != 1 ] || kill -9 $$\n"));
        assertTrue(run.output().contains("Task 1 on node n1 ended with exit code 137\n"), run.output());
    }

    @Test
    void aNodeWithoutTheImageIsNamed() throws Exception {
        assertEquals(
                66, run.with("GONE", "1").with("IMAGE", folder + "/python.sif").run("echo here\n"));
        assertTrue(run.output().contains("Image " + folder + "/python.sif cannot be read on node n1."), run.output());
        assertTrue(run.exitRecord(0).contains(" exit=66 stage=prepare "), run.exitRecord(0));
    }

    @Test
    void ofManyTasksThatFailSomeAreNamed() throws Exception {
        assertEquals(1, run.with("TASKS", "13").run("exit 1\n"));
        assertEquals(
                10,
                run.output().lines().filter(line -> line.startsWith("Task ")).count(),
                run.output());
        assertTrue(run.output().contains("So did 3 more tasks, with exit codes up to 1.\n"), run.output());
    }
}
