package io.jenkins.plugins.slurmapptainer.cluster;

import static io.jenkins.plugins.slurmapptainer.realcluster.AllocationCommands.awaited;
import static io.jenkins.plugins.slurmapptainer.realcluster.AllocationCommands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.AllocationCommands;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of a block of steps in its allocation, with the real Slurm and the real Apptainer. */
@Tag("cluster")
class AllocationTest {
    private static final String WHERE = "[ -e /.singularity.d ] && echo container || echo host";

    private final RealCluster cluster = new RealCluster();
    private Path workspace;

    @BeforeEach
    void create() throws Exception {
        workspace = Files.createTempDirectory(Path.of(cluster.shared()), "workspace");
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private AllocationCommands start(boolean inImage) throws InterruptedException {
        return AllocationCommands.start(cluster, workspace, inImage);
    }

    private static void end(AllocationCommands block) throws Exception {
        assertEquals(new CommandResult(0, "", ""), run(block.client().end(), Map.of()));
        assertEquals(Outcome.success(), block.job().await().outcome(), block.job()::output);
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void commandsHaveTheirOutputAndTheirExitCode(boolean inImage) throws Exception {
        AllocationCommands block = start(inImage);
        CommandResult result = block.foreground(
                "pwd; " + WHERE + "; echo \"$SLURM_JOB_ID $GREETING $(nproc)\"; echo to stderr >&2; exit 3",
                Map.of("GREETING", "it's\n\"me\" $HOME \\"));
        assertEquals(
                workspace + "\n" + (inImage ? "container" : "host") + "\n"
                        + block.job().record().jobId() + " it's\n\"me\" $HOME \\ 2\n",
                result.stdout());
        assertEquals("to stderr\n", result.stderr());
        assertEquals(3, result.exitCode());
        end(block);
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void commandsInTheBackgroundOutliveWhatStartsThem(boolean inImage) throws Exception {
        AllocationCommands block = start(inImage);
        List<Path> controls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            controls.add(block.background("pwd; " + WHERE + "; sleep 1; exit 4"));
        }
        for (Path control : controls) {
            assertEquals("4", awaited(control));
            String log = Files.readString(control.resolve("jenkins-log.txt"));
            assertTrue(log.contains("\n" + (inImage ? "container" : "host") + "\n"), log);
            assertTrue(log.contains("\n" + workspace + "\n"), log);
        }
        assertEquals(1, block.steps(), "steps of Slurm");
        end(block);
    }

    @Test
    void aCommandCanBeEndedAlone() throws Exception {
        AllocationCommands block = start(true);
        Path control = block.background("sleep 300");
        Path log = control.resolve("jenkins-log.txt");
        Waits.within(Duration.ofMinutes(1)).until(() -> Files.exists(log) && Files.size(log) > 0);
        assertEquals(
                0,
                run(block.client().kill(Map.of("JENKINS_SERVER_COOKIE", "durable-1")), Map.of())
                        .exitCode());
        assertEquals("143", awaited(control));
        assertEquals("on\n", block.foreground("echo on", Map.of()).stdout());
        end(block);
    }

    @Test
    void whatIsLeftBehindEndsWithTheJob() throws Exception {
        AllocationCommands block = start(true);
        Path control = block.background("sleep 4711 & echo $! >left");
        assertEquals("0", awaited(control));
        assertEquals(0, block.foreground("kill -0 $(cat left)", Map.of()).exitCode(), "it outlives its command");
        end(block);
        Waits.within(Duration.ofSeconds(30))
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").endsWith("sleep 4711")));
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void theEndOfOneBlockLeavesOthersOnTheNodeAlone(boolean inImage) throws Exception {
        AllocationCommands one = start(inImage);
        AllocationCommands other = start(inImage);
        Files.createFile(workspace.resolve(".code"));
        Files.createFile(workspace.resolve(".new"));
        Path control = other.background("until [ -e go ]; do sleep 0.2; done; exit 5");
        Path log = control.resolve("jenkins-log.txt");
        Waits.within(Duration.ofMinutes(1)).until(() -> Files.exists(log) && Files.size(log) > 0);
        run(one.client().kill(Map.of("JENKINS_SERVER_COOKIE", "durable-1")), Map.of());
        end(one);
        Files.createFile(workspace.resolve("go"));
        assertEquals("5", awaited(control));
        assertTrue(Files.exists(workspace.resolve(".code")) && Files.exists(workspace.resolve(".new")));
        end(other);
    }

    @Test
    void aCommandThatCannotBeStartedSaysSo() throws Exception {
        AllocationCommands block = start(true);
        Path control = block.background("exit 0");
        assertEquals("0", awaited(control));
        CommandResult elsewhere =
                run(block.client().run("/no/such/directory", List.of("sh", "-c", "echo never")), Map.of());
        assertTrue(elsewhere.stderr().contains("/no/such/directory"), elsewhere::stderr);
        assertTrue(elsewhere.exitCode() != 0);
        end(block);
    }

    @Test
    void aJobThatHasEndedTakesNoCommands() throws Exception {
        AllocationCommands block = start(true);
        assertEquals("on\n", block.foreground("echo on", Map.of()).stdout());
        RealCluster.command("scancel", block.job().record().jobId());
        assertEquals(Outcome.Kind.CANCELLED, block.job().await().outcome().kind());
        CommandResult late = block.foreground("echo never", Map.of());
        assertTrue(late.exitCode() != 0 && late.stdout().isEmpty(), late::stderr);
    }

    /** Nobody else would say that they have ended: {@code sh} would wait for its result. */
    @Test
    void commandsOfAJobThatIsOverHaveAResult() throws Exception {
        AllocationCommands block = start(true);
        Path control = block.background("sleep 300");
        Path log = control.resolve("jenkins-log.txt");
        Waits.within(Duration.ofMinutes(1)).until(() -> Files.exists(log) && Files.size(log) > 0);
        RealCluster.command("scancel", block.job().record().jobId());
        assertEquals(Outcome.Kind.CANCELLED, block.job().await().outcome().kind());
        Files.deleteIfExists(control.resolve("jenkins-result.txt"));
        run(block.client().kill(Map.of("JENKINS_SERVER_COOKIE", "durable-2")), Map.of());
        assertTrue(Files.notExists(control.resolve("jenkins-result.txt")), "it is another's");
        run(block.client().kill(Map.of("JENKINS_SERVER_COOKIE", "durable-1")), Map.of());
        assertEquals("143", awaited(control));
    }
}
