package io.jenkins.plugins.slurmapptainer.script;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard output that a build wants back is whole, apart from the errors, and bounded. */
class BatchScriptReturnedOutputTest {
    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder).returning();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void outputAndErrorsAreSeparated(boolean inImage) throws Exception {
        ScriptRun some = inImage ? run : run.onHost();
        assertEquals(0, some.run("echo a\necho b >&2\nprintf c\n"));
        assertEquals("a\nc", some.returned());
        assertEquals("b\n", some.program());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 2 >/dev/stdout",
                "echo 2 >/proc/self/fd/1",
                "echo 2 | tee /dev/stdout >/dev/null | cat; echo 2",
                "truncate -s 0 /dev/stdout 2>/dev/null; echo 2",
                "perl -e 'seek(STDOUT, 0, 0); print \"2\\n\"'"
            })
    void nothingThatWasPrintedBeforeIsLost(String command) throws Exception {
        run.onHost().run("echo 1\n" + command + "\necho 3\n");
        assertEquals("1\n2\n3\n", run.returned());
    }

    @Test
    void aProgramThatPrintsNothingReturnsNothing() throws Exception {
        assertEquals(0, run.run("echo why >&2\n"));
        assertTrue(Files.exists(Path.of(run.directory().returnedOutput())));
        assertEquals("", run.returned());
    }

    @Test
    void allBytesUpToTheLimitAreThere() throws Exception {
        int most = ScriptText.MAX_RETURNED;
        assertEquals(0, run.run("head -c " + most + " /dev/zero | tr '\\0' x\n"));
        assertEquals("x".repeat(most), run.returned());
    }

    @Test
    void outputAboveTheLimitIsNotedButNotKept() throws Exception {
        assertEquals(0, run.run("head -c 30000000 /dev/zero | tr '\\0' x\necho end >&2\n"));
        long size = Files.size(Path.of(run.directory().returnedOutput()));
        int most = ScriptText.MAX_RETURNED;
        assertTrue(size > most && size < most + 10_000, () -> size + " bytes");
        assertEquals("end\n", run.program());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 200 &",
                "sleep 200 >&2 &",
                "setsid sleep 200 2>/dev/null &",
                "(while :; do echo more; done) &",
                "head -c 5000000 /dev/zero; yes more &"
            })
    void leftProcessesDoNotKeepTheJobRunning(String left) throws Exception {
        Process process = run.onHost().start("printf first\n" + left + "\necho $! >child\necho last >&2\nexit 4\n");
        try {
            assertEquals(4, ScriptRun.end(process));
        } finally {
            Shell.run("sh", "-c", "kill $(cat '" + run.directory().files() + "/child')");
        }
        assertTrue(run.returned().startsWith("first"), run.returned());
        assertEquals("last\n", run.program());
    }

    @Test
    void outputShortlyAfterTheProgramIsThere() throws Exception {
        run.onHost().run("exec > >(while read -r l; do sleep 0.2; echo \"saw $l\"; done)\necho 1\necho 2\n");
        assertEquals("saw 1\nsaw 2\n", run.returned());
    }

    @Test
    void theNextAttemptReturnsItsOwn() throws Exception {
        run.requeue().onHost();
        Process first = run.start("echo first\ntouch ready\nsleep 60\n");
        run.awaitFile("ready");
        Path growing = Path.of(run.directory().returnedOutput() + ".new");
        await().until(() -> Files.exists(growing) && Files.size(growing) > 0);
        first.descendants().forEach(ProcessHandle::destroyForcibly);
        first.destroyForcibly();
        assertFalse(Files.exists(Path.of(run.directory().returnedOutput())));
        assertEquals(0, run.with("SLURM_RESTART_COUNT", "1").run("echo again\n"));
        assertEquals("again\n", run.returned());
    }

    @Test
    void aProgramThatEndsItsParentHasFailed() throws Exception {
        assertEquals(137, run.onHost().run("echo going\nkill -9 $PPID\n"));
        assertEquals("going\n", run.returned());
    }

    @Test
    void aJobWhoseOutputCannotBeKeptDoesNotSucceed() throws Exception {
        String file = run.directory().returnedOutput();
        assertEquals(74, run.onHost().run("mkdir '" + file + "'\n: >'" + file + "/x'\necho a\n"));
        assertTrue(run.output().contains("is lost: it could not be written to " + file), run.output());
    }

    @Test
    void runByHandTheOutputIsShown() throws Exception {
        run.run("true\n");
        assertEquals(0, run.with("SLURM_APPTAINER_RERUN", "yes").run("echo a\n"));
        assertTrue(run.output().contains("\na\n"), run.output());
        assertEquals("", run.returned());
    }
}
