package io.jenkins.plugins.slurmapptainer.script;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program prints is in the log once and in order, whatever it does with its output. */
class BatchScriptOutputTest {
    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 3 >/dev/stderr",
                "echo 3 >/dev/stdout",
                "echo 3 | tee /dev/stderr >/dev/null",
                "echo 3 >/proc/self/fd/2",
                "truncate -s 0 /dev/stdout 2>/dev/null; echo 3",
                "perl -e 'open(STDERR, \">\", \"/dev/stderr\"); print STDERR \"3\\n\"'",
                "perl -e 'syswrite(STDOUT, \"3\\n\"); truncate(STDOUT, 0)'",
                "perl -e 'seek(STDOUT, 0, 0); print \"3\\n\"'"
            })
    void nothingThatWasPrintedBeforeIsLost(String command) throws Exception {
        run.onHost().run("echo 1\necho 2 >&2\n" + command + "\necho 4\necho 5 >&2\n");
        assertEquals("1\n2\n3\n4\n5\n", run.program());
    }

    @Test
    void outputAndErrorsKeepTheirOrder() throws Exception {
        assertEquals(0, run.run("for i in {1..2000}; do echo $i; echo $i >&2; done\n"));
        String expected = IntStream.rangeClosed(1, 2000)
                .mapToObj(i -> i + "\n" + i + "\n")
                .collect(Collectors.joining());
        assertEquals(expected, run.program());
    }

    @ParameterizedTest
    @CsvSource({"0,completed", "3,ended with exit code 3"})
    void aLineWithoutAnEndStandsByItself(int code, String end) throws Exception {
        assertEquals(code, run.onHost().run("printf '{\"loss\": 0.5}'\nexit " + code + "\n"));
        assertEquals("{\"loss\": 0.5}\nExecution " + end + "\n", run.output());
    }

    @Test
    void theNextAttemptBeginsOnALineOfItsOwn() throws Exception {
        run.requeue().onHost();
        Process first = run.start("printf half\ntouch ready\nsleep 60\n");
        run.awaitFile("ready");
        await().until(() -> run.output().equals("half"));
        first.descendants().forEach(ProcessHandle::destroyForcibly);
        first.destroyForcibly();
        run.with("SLURM_RESTART_COUNT", "1").run("echo again\n");
        assertTrue(run.output().endsWith("half\nagain\nExecution completed\n"), run.output());
    }

    @Test
    void outputWithoutLineEndIsThereAtOnce() throws Exception {
        Process process = run.onHost().start("printf ...\nuntil [ -e go ]; do sleep 0.05; done\n");
        await().until(() -> run.output().equals("..."));
        Path.of(run.directory().files(), "go").toFile().createNewFile();
        assertEquals(0, ScriptRun.end(process));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 200 &",
                "(while :; do echo more; done) &",
                "(while sleep 0.01; do echo more; done) &",
                "setsid sleep 200 &"
            })
    void leftProcessesDoNotKeepTheJobRunning(String left) throws Exception {
        Process process = run.onHost()
                .start(left + "\necho $! >child\nhead -c 300000 /dev/zero | tr '\\0' x\necho\necho last\nexit 4\n");
        try {
            assertEquals(4, ScriptRun.end(process));
        } finally {
            Shell.run("sh", "-c", "kill $(cat '" + run.directory().files() + "/child')");
        }
        String printed = run.output().replace("more\n", "");
        assertTrue(printed.lines().anyMatch("x".repeat(300_000)::equals), "the long line");
        assertTrue(printed.contains("\nlast\n"), "the last words");
    }

    /** A file that may not grow is as good as a full disk. */
    @Test
    void aFloodIntoAFullLogDoesNotKeepTheJobRunning() throws Exception {
        Path limit = Files.writeString(folder.resolve("limit"), "ulimit -f 400\ntrap '' XFSZ\n");
        Files.write(Path.of(run.directory().outputLog()), new byte[400 * 1024]);
        Process process = run.onHost().with("BASH_ENV", limit.toString()).start("yes more &\necho $! >child\nexit 4\n");
        try {
            assertEquals(4, ScriptRun.end(process));
        } finally {
            Shell.run("sh", "-c", "kill $(cat '" + run.directory().files() + "/child')");
        }
        assertTrue(run.exitRecord(0).contains(" exit=4 stage=program "), run.exitRecord(0));
    }

    @Test
    void outputShortlyAfterTheProgramIsStillTaken() throws Exception {
        run.onHost().run("exec > >(while read -r l; do sleep 0.2; echo \"saw $l\"; done)\necho 1\necho 2\n");
        assertEquals("saw 1\nsaw 2\n", run.program());
    }

    @Test
    void theLastOutputOfAStoppedProgramIsThere() throws Exception {
        // The shell would also say that its sleep was terminated.
        Process process = run.start(
                "trap 'sleep 0.5; echo bye; exit 3' TERM\ntouch ready\nwhile :; do sleep 0.05; done 2>/dev/null\n");
        run.awaitFile("ready");
        // As Slurm does at the time limit: to all processes of the job.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        assertEquals(3, ScriptRun.end(process));
        assertEquals("bye\n", run.program());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -9 $PPID; sleep 5; echo survived", "kill -9 $$", "kill -9 $BASHPID"})
    void aProgramThatKillsItselfHasFailed(String command) throws Exception {
        assertEquals(137, run.onHost().run("echo going\n" + command + "\n"));
        assertTrue(run.exitRecord(0).contains(" exit=137 stage=program signals= oom=0 "), run.exitRecord(0));
        assertEquals("going\nExecution ended with exit code 137\n", run.output());
    }

    @Test
    void aJobWhoseOutputIsLostDoesNotSucceed() throws Exception {
        String copier = "batch=$(ps -o ppid= -p $PPID | tr -d ' ')\n"
                + "for p in $(pgrep -P $batch); do [ $p = $PPID ] || kill -9 $p $(pgrep -P $p); done\n";
        assertEquals(74, run.onHost().run("trap '' PIPE\necho 1\nsleep 0.3\n" + copier + "echo 2\nexit 0\n"));
        assertTrue(run.output().contains("Some of what the program printed is lost"), run.output());
    }
}
