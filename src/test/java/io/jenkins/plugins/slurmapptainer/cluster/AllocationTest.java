package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.headnode.local.ProcessRunner;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.script.AllocationClient;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
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

    private RecordingClient start(boolean inImage) throws InterruptedException {
        SlurmJobOptions options = SlurmJobOptions.ofAllocation();
        options.image(inImage ? "python_3.11" : null);
        options.number(Directive.CPUS_PER_TASK, 2);
        options.set(Directive.MEMORY, "500M");
        return cluster.start(cluster.plan(options, BindRoots.none("real"), workspace.toString()))
                .untilTold("is running");
    }

    private static AllocationClient client(RecordingClient job) {
        return new AllocationClient(
                job.record().jobId(), job.record().directory().path());
    }

    private static CommandResult run(List<String> words, Map<String, String> variables) throws Exception {
        return new ProcessRunner(SlurmAccess.ON_PATH)
                .run(
                        words,
                        Duration.ofMinutes(2),
                        environment -> {
                            environment.put(AllocationClient.NAMES, String.join(" ", variables.keySet()));
                            environment.put(AllocationClient.PATH, "");
                            variables.forEach((name, value) -> environment.put(AllocationClient.VALUE + name, value));
                        },
                        line -> {});
    }

    private CommandResult foreground(RecordingClient job, String script, Map<String, String> variables)
            throws Exception {
        return run(client(job).run(workspace.toString(), List.of("sh", "-c", script)), variables);
    }

    /** As durable-task does it. */
    private Path background(RecordingClient job, String script) throws Exception {
        Path control = Files.createDirectories(Path.of(workspace + "@tmp", "durable-" + System.nanoTime()));
        Path result = control.resolve("jenkins-result.txt");
        String text = "{ while [ -d '%1$s' -a \\! -f '%2$s' ]; do touch '%3$s'; sleep 3; done } & jsc=durable-1; "
                + "JENKINS_SERVER_COOKIE=$jsc sh -xc '%4$s' > '%3$s' 2>&1; echo $? > '%2$s.tmp'; mv '%2$s.tmp' '%2$s'; wait";
        String words = String.format(text, control, result, control.resolve("jenkins-log.txt"), script);
        // As Jenkins does it, which starts commands in the workspace.
        List<String> there = new ArrayList<>(List.of("sh", "-c", "cd '" + workspace + "' && exec \"$@\"", "sh"));
        there.addAll(client(job).run(workspace.toString(), List.of("nohup", "sh", "-c", "(" + words + ") >&- 2>&- &")));
        CommandResult started = run(there, Map.of());
        assertEquals(new CommandResult(0, "", ""), started);
        return control;
    }

    private static String awaited(Path control) throws Exception {
        Path result = control.resolve("jenkins-result.txt");
        Waits.within(Duration.ofMinutes(1)).until(() -> Files.exists(result));
        return Files.readString(result).strip();
    }

    private static void end(RecordingClient job) throws Exception {
        assertEquals(new CommandResult(0, "", ""), run(client(job).end(), Map.of()));
        assertEquals(Outcome.success(), job.await().outcome(), job::output);
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void commandsHaveTheirOutputAndTheirExitCode(boolean inImage) throws Exception {
        RecordingClient job = start(inImage);
        CommandResult result = foreground(
                job,
                "pwd; " + WHERE + "; echo \"$SLURM_JOB_ID $GREETING $(nproc)\"; echo to stderr >&2; exit 3",
                Map.of("GREETING", "it's\n\"me\" $HOME \\"));
        assertEquals(
                workspace + "\n" + (inImage ? "container" : "host") + "\n"
                        + job.record().jobId() + " it's\n\"me\" $HOME \\ 2\n",
                result.stdout());
        assertEquals("to stderr\n", result.stderr());
        assertEquals(3, result.exitCode());
        end(job);
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void commandsInTheBackgroundOutliveWhatStartsThem(boolean inImage) throws Exception {
        RecordingClient job = start(inImage);
        List<Path> controls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            controls.add(background(job, "pwd; " + WHERE + "; sleep 1; exit 4"));
        }
        for (Path control : controls) {
            assertEquals("4", awaited(control));
            String log = Files.readString(control.resolve("jenkins-log.txt"));
            assertTrue(log.contains("\n" + (inImage ? "container" : "host") + "\n"), log);
            assertTrue(log.contains("\n" + workspace + "\n"), log);
        }
        assertEquals(1, steps(job), "steps of Slurm");
        end(job);
    }

    /** Besides the batch script. */
    private static long steps(RecordingClient job) throws Exception {
        return RealCluster.command(
                        "squeue", "--noheader", "--jobs=" + job.record().jobId(), "--steps", "--format=%i")
                .lines()
                .filter(id -> id.strip().matches("[0-9]+\\.[0-9]+"))
                .count();
    }

    @Test
    void aCommandCanBeEndedAlone() throws Exception {
        RecordingClient job = start(true);
        Path control = background(job, "sleep 300");
        Path log = control.resolve("jenkins-log.txt");
        Waits.within(Duration.ofMinutes(1)).until(() -> Files.exists(log) && Files.size(log) > 0);
        assertEquals(
                0,
                run(client(job).kill(Map.of("JENKINS_SERVER_COOKIE", "durable-1")), Map.of())
                        .exitCode());
        assertEquals("143", awaited(control));
        assertEquals("on\n", foreground(job, "echo on", Map.of()).stdout());
        end(job);
    }

    @Test
    void whatIsLeftBehindEndsWithTheJob() throws Exception {
        RecordingClient job = start(true);
        Path control = background(job, "sleep 4711 & echo $! >left");
        assertEquals("0", awaited(control));
        assertEquals(0, foreground(job, "kill -0 $(cat left)", Map.of()).exitCode(), "it outlives its command");
        end(job);
        Waits.within(Duration.ofSeconds(30))
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").endsWith("sleep 4711")));
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void theEndOfOneBlockLeavesOthersOnTheNodeAlone(boolean inImage) throws Exception {
        RecordingClient one = start(inImage);
        RecordingClient other = start(inImage);
        Files.createFile(workspace.resolve(".code"));
        Files.createFile(workspace.resolve(".new"));
        Path control = background(other, "until [ -e go ]; do sleep 0.2; done; exit 5");
        Path log = control.resolve("jenkins-log.txt");
        Waits.within(Duration.ofMinutes(1)).until(() -> Files.exists(log) && Files.size(log) > 0);
        run(client(one).kill(Map.of("JENKINS_SERVER_COOKIE", "durable-1")), Map.of());
        end(one);
        Files.createFile(workspace.resolve("go"));
        assertEquals("5", awaited(control));
        assertTrue(Files.exists(workspace.resolve(".code")) && Files.exists(workspace.resolve(".new")));
        end(other);
    }

    @Test
    void aCommandThatCannotBeStartedSaysSo() throws Exception {
        RecordingClient job = start(true);
        Path control = background(job, "exit 0");
        assertEquals("0", awaited(control));
        CommandResult elsewhere =
                run(client(job).run("/no/such/directory", List.of("sh", "-c", "echo never")), Map.of());
        assertTrue(elsewhere.stderr().contains("/no/such/directory"), elsewhere::stderr);
        assertTrue(elsewhere.exitCode() != 0);
        end(job);
    }

    @Test
    void aJobThatHasEndedTakesNoCommands() throws Exception {
        RecordingClient job = start(true);
        assertEquals("on\n", foreground(job, "echo on", Map.of()).stdout());
        RealCluster.command("scancel", job.record().jobId());
        assertEquals(Outcome.Kind.CANCELLED, job.await().outcome().kind());
        CommandResult late = foreground(job, "echo never", Map.of());
        assertTrue(late.exitCode() != 0 && late.stdout().isEmpty(), late::stderr);
    }
}
