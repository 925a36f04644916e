package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmJwt;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRunnerTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static CommandResult sh(String script, Duration limit) throws IOException, InterruptedException {
        return new ProcessRunner(SlurmAccess.ON_PATH).run(List.of("sh", "-c", script), limit);
    }

    @Test
    void answersWithCodeAndBothOutputs() throws Exception {
        assertEquals(new CommandResult(3, "out ü\n", "err\n"), sh("echo out ü; echo err >&2; exit 3", LIMIT));
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        List<String> argv = List.of("printf", "%s|", "a b", "'\"$x`id`", "ü😀", "", "a\nb");
        assertEquals(
                "a b|'\"$x`id`|ü😀||a\nb|",
                new ProcessRunner(SlurmAccess.ON_PATH).run(argv, LIMIT).stdout());
    }

    @Test
    void standardInputIsEmpty() throws Exception {
        assertEquals("0", sh("wc -c", LIMIT).stdout().strip());
    }

    @Test
    void theEnvironmentIsFixed() throws Exception {
        assertEquals(
                "C|standard||",
                sh("echo \"$LC_ALL|$SLURM_TIME_FORMAT|$LANG|$SBATCH_WAIT\"", LIMIT)
                        .stdout()
                        .strip());
    }

    @Test
    void foreignBytesAreReplaced() throws Exception {
        assertEquals("a\ufffdb", sh("printf 'a\\377b'", LIMIT).stdout());
    }

    @Test
    void largeOutputOnBothStreamsNeverBlocks() throws Exception {
        CommandResult result =
                sh("head -c 3000000 /dev/zero | tr '\\0' x; head -c 2000000 /dev/zero | tr '\\0' y >&2", LIMIT);
        assertEquals(3_000_000, result.stdout().length());
        assertEquals(2_000_000, result.stderr().length());
    }

    @Test
    void memoryIsLimitedWhateverACommandPrints() throws Exception {
        CommandResult result = sh("head -c 40000000 /dev/zero | tr '\\0' x; exit 4", LIMIT);
        assertEquals(4, result.exitCode());
        assertEquals(32 * 1024 * 1024, result.stdout().length());
    }

    /** One that is started while the command is being stopped has another parent soon, and counts, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo before; sleep 61.7 & sleep 61.7; wait",
                "trap 'sleep 61.7 & sleep 61.7' TERM; echo before; sleep 61.7 & wait",
                "echo before; (trap '' TERM; sleep 61.7; sleep 61.7) & sleep 61.7; sleep 61.7; wait",
            })
    void aCommandThatTakesTooLongIsStoppedWithItsChildren(String script) throws Exception {
        CommandResult result = sh(script, Duration.ofMillis(500));
        assertTrue(result.timedOut());
        assertEquals("before\n", result.stdout());
        Waits.within(Duration.ofMinutes(2))
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").endsWith("sleep 61.7")));
    }

    @Test
    void anInterruptStopsTheCommandWithItsChildren() throws Exception {
        Thread thread = new Thread(() -> {
            try {
                sh("trap '' TERM; sleep 611.9 & sleep 611.9; wait", LIMIT);
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        Waits.within(Duration.ofMinutes(2)).until(() -> count("sleep 611.9") == 2);
        thread.interrupt();
        thread.join();
        Waits.within(Duration.ofMinutes(2)).until(() -> count("sleep 611.9") == 0);
    }

    private static long count(String command) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith(command))
                .count();
    }

    @Test
    void aCommandThatIgnoresTermIsKilled() throws Exception {
        CommandResult result = sh("trap '' TERM; while :; do sleep 0.1; done", Duration.ofMillis(300));
        assertTrue(result.timedOut());
        Waits.within(Duration.ofMinutes(2))
                .until(() -> ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
    }

    /** A daemon that inherits the pipes must not hold the answer up. */
    @Test
    void aChildThatKeepsThePipeOpenIsNotWaitedFor() throws Exception {
        long begin = System.nanoTime();
        CommandResult result = sh("(sleep 60) & echo 12", LIMIT);
        assertEquals(new CommandResult(0, "12\n", ""), result);
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(40).toNanos());
    }

    @Test
    void aMissingProgramIsAnError() {
        assertThrows(
                IOException.class,
                () -> new ProcessRunner(SlurmAccess.ON_PATH).run(List.of("no-such-program-7"), LIMIT));
    }

    @Test
    void theDirectoryOfTheCommandsComesFirst(@TempDir Path directory) throws Exception {
        command(directory.resolve("sbatch"), "echo mine; helper");
        command(directory.resolve("helper"), "echo helped");
        ProcessRunner runner = new ProcessRunner(new SlurmAccess(directory.toString(), SlurmJwt.NONE));
        assertEquals("mine\nhelped\n", runner.run(List.of("sbatch"), LIMIT).stdout());
        assertEquals("x\n", runner.run(List.of("echo", "x"), LIMIT).stdout(), "what is not there is on the PATH");
    }

    @Test
    void aDirectoryThatIsNotThereLeavesThePathAlone() throws Exception {
        ProcessRunner runner = new ProcessRunner(new SlurmAccess("/no/such/directory", SlurmJwt.NONE));
        assertEquals("x\n", runner.run(List.of("echo", "x"), LIMIT).stdout());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbatch", "squeue"})
    void theTokenIsInTheEnvironmentOfEveryCommandAndNowhereElse(String name, @TempDir Path directory) throws Exception {
        command(directory.resolve(name), "echo \"$SLURM_JWT\"; tr '\\0' ' ' </proc/$$/cmdline");
        SlurmAccess access = new SlurmAccess(directory.toString(), SlurmJwt.of("a.b.c"));
        CommandResult result = new ProcessRunner(access).run(List.of(name, "x"), LIMIT);
        assertEquals("a.b.c\n/bin/sh " + directory.resolve(name) + " x ", result.stdout());
    }

    private static void command(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }
}
