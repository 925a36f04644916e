package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the batch script makes of tasks that fail in ways that real nodes do not show on demand. */
class BatchScriptSrunTest {
    /**
     * Stands for srun: starts the command for one task after the other, each on a node of its own. Some it ends when they have
     * begun, as srun does when another has failed.
     */
    private static final String SRUN = """
            #!/bin/bash
            [ -z "${BROKEN:-}" ] || { echo "srun: error: no step can be made" >&2; exit 1; }
            while [[ $1 == -* ]]; do shift; done
            worst=0
            for ((i = 0; i < ${TASKS:-3}; i++)); do
              [ "$i" != "${GONE:-}" ] || rm -f "$IMAGE"
              export SLURM_PROCID=$i SLURMD_NODENAME=n$i CUDA_VISIBLE_DEVICES=$i
              case " ${ENDED:-} " in
                *" $i "*)
                  "$@" &
                  for _ in {1..100}; do [ ! -e "$READY$i" ] || break; sleep 0.1; done
                  kill -TERM $!
                  wait $!
                  ;;
                *) "$@" ;;
              esac
              code=$?
              [ $code -le $worst ] || worst=$code
            done
            exit $worst
            """;

    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder).launch(new Launch(Launch.Way.SRUN, "", Launch.Output.MIXED));
        for (String command : List.of("srun", "scancel")) {
            Path file = Files.writeString(folder.resolve("bin").resolve(command), SRUN);
            assertTrue(file.toFile().setExecutable(true));
        }
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

    /** They have done nothing wrong, and their exit codes may be higher. */
    @Test
    void tasksThatSrunHasEndedDoNotCount() throws Exception {
        String ready = folder + "/ready";
        run.with("ENDED", "0 2").with("READY", ready);
        assertEquals(
                3,
                run.run("[ $SLURM_PROCID = 1 ] && exit 3\n" + "trap 'exit 99' TERM\ntouch " + ready
                        + "$SLURM_PROCID\nwhile :; do sleep 0.1; done\n"));
        assertTrue(run.output().contains("Task 1 on node n1 ended with exit code 3\n"), run.output());
        assertFalse(run.output().contains("Task 0"), run.output());
    }

    @Test
    void whereAllTasksAreEndedTheirExitCodeCounts() throws Exception {
        String ready = folder + "/ready";
        run.with("ENDED", "0 1 2").with("READY", ready);
        assertEquals(
                99, run.run("trap 'exit 99' TERM\ntouch " + ready + "$SLURM_PROCID\nwhile :; do sleep 0.1; done\n"));
        assertFalse(run.output().contains("Task 0"), run.output());
    }

    @Test
    void srunThatStartsNothingIsNoFailureOfTheProgram() throws Exception {
        assertEquals(1, run.with("BROKEN", "yes").run("echo here\n"));
        assertTrue(run.output().contains("srun: error: no step can be made"), run.output());
        assertTrue(run.exitRecord(0).contains(" exit=1 stage=prepare "), run.exitRecord(0));
    }

    @Test
    void aNodeWithoutSrunIsNamed() throws Exception {
        Files.delete(folder.resolve("bin/srun"));
        Path others = Files.createDirectory(folder.resolve("others"));
        String tools =
                "bash env rm mkdir mv stat cat head sha256sum chmod ln tail tr id realpath wc getent hostname grep";
        for (String tool : tools.split(" ")) {
            Path program = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(others.resolve(tool), Files.exists(program) ? program : Path.of("/bin", tool));
        }
        int code = run.with("PATH", folder + "/bin:" + others).run("echo here\n");
        for (String tool : tools.split(" ")) {
            Files.delete(others.resolve(tool));
        }
        assertEquals(69, code);
        assertTrue(run.output().contains("srun was not found on node n1"), run.output());
        assertTrue(run.exitRecord(0).contains(" stage=prepare "), run.exitRecord(0));
    }

    /** Names that the scripts use themselves. */
    @ParameterizedTest
    @CsvSource({"true,SRUN", "false,SRUN", "true,HOST"})
    void valuesArriveUnchangedUnderAnyName(boolean inImage, Launch.Way way) throws Exception {
        run.with("TASKS", "1").launch(new Launch(way, "", Launch.Output.MIXED));
        ScriptRun some = inImage ? run : run.onHost();
        List<String> names = List.of("name", "program", "signals", "stage", "news", "values", "ranks", "code", "told");
        StringBuilder script = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (String name : names) {
            some.variable(name, "it's \"" + name + "\"");
            script.append("echo \"$").append(name).append("\"\n");
            expected.append("it's \"").append(name).append("\"\n");
        }
        some.variable("LINES_OF_DOS", "a\r\nb");
        script.append("printf '%s' \"$LINES_OF_DOS\" | od -c | head -1\n");
        expected.append("0000000   a  \\r  \\n   b\n");
        String wanted = way == Launch.Way.HOST ? expected.toString() + expected : expected.toString();
        String again = "\"$SLURM_APPTAINER_EXEC\" bash \"$0\" inside\n";
        int code = some.run(script + (way == Launch.Way.HOST ? "[ -n \"${1-}\" ] || " + again : ""));
        assertEquals(0, code, some.output());
        assertEquals(wanted, some.program());
    }

    @Test
    void whatTheBuildSaysGoesBeforeWhatSlurmSays() throws Exception {
        run.variable("CUDA_VISIBLE_DEVICES", "7").with("TASKS", "2");
        assertEquals(0, run.run("echo $CUDA_VISIBLE_DEVICES\n"));
        assertEquals("7\n7\n", run.program());
    }

    private ScriptRun separate() {
        return run.launch(new Launch(Launch.Way.SRUN, "", Launch.Output.FILES));
    }

    @Test
    void aFileOfATaskKeepsWhatWasPrintedBefore() throws Exception {
        assertEquals(
                0,
                separate()
                        .with("TASKS", "2")
                        .run("echo one; echo two >/dev/stdout; echo three; echo err >/dev/stderr; echo four\n"));
        for (int task = 0; task < 2; task++) {
            assertEquals(
                    "one\ntwo\nthree\nerr\nfour\n",
                    Files.readString(Path.of(run.directory().tasks(), task + ".log")));
        }
        assertEquals("", run.program());
    }

    @Test
    void aTaskWhoseFileCannotBeWrittenDoesNotSucceed() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Files.createDirectories(Path.of(run.directory().tasks()));
        Files.createSymbolicLink(Path.of(run.directory().tasks(), "0.log"), full);
        assertEquals(74, separate().with("TASKS", "1").run("echo lost\n"));
        assertTrue(
                run.output()
                        .contains(
                                "it could not be written to " + run.directory().tasks() + "/0.log"),
                run.output());
    }

    @Test
    void whoRunsItAgainByHandSeesTheOutput() throws Exception {
        assertEquals(0, separate().run("echo \"hello $SLURM_PROCID\"\n"));
        assertEquals(0, run.with("SLURM_APPTAINER_RERUN", "yes").run("echo \"again $SLURM_PROCID\"\n"));
        assertTrue(run.output().contains("again 0\nagain 1\nagain 2\n"), run.output());
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
        assertTrue(run.output().contains("So did 3 more tasks, with exit codes up to 1\n"), run.output());
    }
}
