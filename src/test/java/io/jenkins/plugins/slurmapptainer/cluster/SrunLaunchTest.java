package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that {@code srun} starts once for each task, with the real Slurm and the real Apptainer on two nodes. */
@Tag("cluster")
class SrunLaunchTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private static SlurmJobOptions options(boolean inImage, String script) {
        SlurmJobOptions options = new SlurmJobOptions(script);
        options.image(inImage ? "python_3.11" : null);
        options.set(LaunchOption.LAUNCH, "srun");
        options.number(Directive.NODES, 2);
        options.number(Directive.NTASKS, 3);
        options.set(Directive.MEMORY, "500M");
        return options;
    }

    private RecordingClient run(SlurmJobOptions options, BindRoots roots, String workspace)
            throws InterruptedException {
        return cluster.start(cluster.plan(options, roots, workspace)).await();
    }

    private RecordingClient run(SlurmJobOptions options) throws InterruptedException {
        return run(options, BindRoots.none("real"), "");
    }

    private static List<String> lines(RecordingClient client, String prefix) {
        return client.output()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .sorted()
                .toList();
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void eachTaskRunsTheScriptOnItsNode(boolean inImage) throws Exception {
        Path workspace = RealCluster.newWorkspace();
        Files.writeString(workspace.resolve("data.txt"), "attached\n");
        SlurmJobOptions options = options(
                inImage,
                "echo \"task $SLURM_PROCID of $SLURM_NTASKS on $SLURMD_NODENAME: $(cat data.txt) $GREETING $OMP_NUM_THREADS"
                        + " $(cat /etc/debian_version >/dev/null && [ -e /.singularity.d ] && echo container || echo host)\"\n"
                        + "touch \"left-$SLURM_PROCID\"\n");
        options.files("data.txt");
        options.outputs("left-*");
        options.env(List.of("GREETING=it's me", "OMP_NUM_THREADS=1"));
        RecordingClient client = run(options, BindRoots.none("real"), workspace.toString());
        assertEquals(Outcome.success(), client.outcome(), client::output);
        String place = inImage ? "container" : "host";
        assertEquals(
                List.of(
                        "task 0 of 3 on n1: attached it's me 1 " + place,
                        "task 1 of 3 on n1: attached it's me 1 " + place,
                        "task 2 of 3 on n2: attached it's me 1 " + place),
                lines(client, "task "),
                client::output);
        for (int i = 0; i < 3; i++) {
            assertTrue(Files.exists(workspace.resolve("left-" + i)), client::output);
        }
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void theExitCodeIsThatOfTheTaskThatFailed(boolean inImage) throws Exception {
        RecordingClient client =
                run(options(inImage, "[ \"$SLURM_PROCID\" = 2 ] && exit 3\nsleep 60\necho not reached\n"));
        assertEquals(Outcome.ofExitCode(3), client.outcome(), client::output);
        assertEquals(List.of("Task 2 on node n2 ended with exit code 3"), lines(client, "Task "), client::output);
        assertFalse(client.output().contains("not reached"), client::output);
    }

    @Test
    void theHighestExitCodeCounts() throws Exception {
        RecordingClient client = run(options(true, "exit $((10 + SLURM_PROCID * 7))\n"));
        assertTrue(List.of(10, 17, 24).contains(client.outcome().exitCode()), client::output);
        assertEquals(
                lines(client, "Task ").stream()
                        .mapToInt(line -> Integer.parseInt(line.replaceAll(".* ", "")))
                        .max()
                        .orElseThrow(),
                client.outcome().exitCode(),
                client::output);
    }

    @Test
    void aCancelledJobLetsItsTasksEndInOrder() throws Exception {
        RecordingClient client = cluster.start(cluster.plan(
                options(
                        true,
                        "trap 'echo \"task $SLURM_PROCID saves\"; exit 0' TERM\necho \"begins $SLURM_PROCID\"\n"
                                + "while :; do sleep 0.1; done\n"),
                BindRoots.none("real"),
                ""));
        client.until(() -> lines(client, "begins").size() == 3);
        client.job().cancel();
        client.await();
        assertEquals(Outcome.Kind.CANCELLED, client.outcome().kind(), client::output);
        assertEquals(List.of("task 0 saves", "task 1 saves", "task 2 saves"), lines(client, "task "), client::output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--batch", ""})
    void aSignalReachesEachTask(String whom) throws Exception {
        RecordingClient client = cluster.start(cluster.plan(
                options(
                        true,
                        "trap 'echo \"task $SLURM_PROCID warned\"; exit 0' USR1\necho \"begins $SLURM_PROCID\"\n"
                                + "while :; do sleep 0.1; done\n"),
                BindRoots.none("real"),
                ""));
        client.until(() -> lines(client, "begins").size() == 3);
        List<String> command = new java.util.ArrayList<>(List.of("scancel", "--signal=USR1"));
        if (!whom.isEmpty()) {
            command.add(whom);
        }
        command.add(client.record().jobId());
        RealCluster.command(command.toArray(new String[0]));
        client.await();
        assertEquals(Outcome.success(), client.outcome(), client::output);
        assertEquals(
                List.of("task 0 warned", "task 1 warned", "task 2 warned"), lines(client, "task "), client::output);
    }

    /** The task of an array that starts last has the array's own id, which means all of them to scancel. */
    @Test
    void aSignalForOneTaskOfAnArrayReachesOnlyThat() throws Exception {
        Path release = Path.of(cluster.shared(), "release-" + System.nanoTime());
        SlurmJobOptions options = options(
                true,
                "trap 'echo \"warned $SLURM_ARRAY_TASK_ID\"; exit 0' USR1\necho \"begins $SLURM_ARRAY_TASK_ID\"\n"
                        + "until [ -e " + release + " ]; do sleep 0.1; done; echo \"released $SLURM_ARRAY_TASK_ID\"\n");
        options.number(Directive.NODES, 1);
        options.number(Directive.NTASKS, 1);
        options.set(Directive.ARRAY, "0-1");
        options.set(LaunchOption.BINDS, cluster.shared());
        BindRoots roots = new BindRoots("real", List.of(cluster.shared()));
        RecordingClient client = cluster.start(cluster.plan(options, roots, ""));
        client.until(
                () -> client.output().contains("begins 0") && client.output().contains("begins 1"));
        RealCluster.command(
                "scancel", "--signal=USR1", "--batch", client.record().jobId() + "_1");
        client.until(() -> client.output().contains("warned 1"));
        Files.createFile(release);
        client.await();
        assertEquals(Outcome.Kind.SUCCESS, client.outcome().kind(), client::output);
        assertTrue(client.output().contains("released 0"), client::output);
    }

    @Test
    void aTaskThatTakesTooMuchMemoryIsNamed() throws Exception {
        SlurmJobOptions options = options(
                true,
                "if [ \"$SLURM_PROCID\" = 0 ]; then python3 -c 'x = bytearray(400 * 2**20)'; exit $?; fi\nsleep 60\n");
        options.set(Directive.MEMORY, "200M");
        RecordingClient client = run(options);
        assertEquals(Outcome.Kind.OUT_OF_MEMORY, client.outcome().kind(), client::output);
    }

    @Test
    void linesCanHaveTheirTask() throws Exception {
        SlurmJobOptions options = options(true, "echo hello\n");
        options.tasks().output("labels");
        RecordingClient client = run(options);
        assertEquals(Outcome.success(), client.outcome(), client::output);
        assertEquals(
                List.of("0: hello", "1: hello", "2: hello"),
                client.output()
                        .lines()
                        .filter(line -> line.endsWith("hello"))
                        .sorted()
                        .toList(),
                client::output);
    }

    @Test
    void eachTaskCanHaveAFileOfItsOutput() throws Exception {
        Path workspace = RealCluster.newWorkspace();
        SlurmJobOptions options = options(true, "echo \"hello from $SLURM_PROCID\"\n");
        options.tasks().output("files");
        RecordingClient client = run(options, BindRoots.none("real"), workspace.toString());
        assertEquals(Outcome.success(), client.outcome(), client::output);
        for (int i = 0; i < 3; i++) {
            Path file = workspace.resolve("slurm-" + client.record().jobId() + "_" + i + ".out");
            assertEquals("hello from " + i + "\n", Files.readString(file));
        }
        assertFalse(client.output().contains("hello from"), client::output);
    }

    @Test
    void mountsAreCheckedOnEachNode() throws Exception {
        Path data = Files.createDirectory(Path.of(cluster.shared(), "data-" + System.nanoTime()));
        Files.writeString(data.resolve("x"), "mounted\n");
        SlurmJobOptions options = options(true, "echo \"task $SLURM_PROCID $(cat /in/x) $GREETING\"\n");
        options.set(LaunchOption.BINDS, data + ":/in:ro");
        options.env(List.of("GREETING=hello"));
        BindRoots roots = new BindRoots("real", List.of(data.toString()));
        RecordingClient client = run(options, roots, "");
        assertEquals(Outcome.success(), client.outcome(), client::output);
        assertEquals(
                List.of("task 0 mounted hello", "task 1 mounted hello", "task 2 mounted hello"),
                lines(client, "task "),
                client::output);
    }

    @Test
    void withNodesAloneEachHasOneTask() throws Exception {
        SlurmJobOptions options = options(true, "echo \"task $SLURM_PROCID on $SLURMD_NODENAME\"\n");
        options.set(Directive.NTASKS, null);
        RecordingClient client = run(options);
        assertEquals(Outcome.success(), client.outcome(), client::output);
        assertEquals(List.of("task 0 on n1", "task 1 on n2"), lines(client, "task "), client::output);
    }

    @Test
    void tasksHaveTheCpusThatAreRequested() throws Exception {
        SlurmJobOptions options = options(true, "echo \"task $SLURM_PROCID has $SLURM_CPUS_PER_TASK\"\n");
        options.number(Directive.NTASKS, 2);
        options.number(Directive.CPUS_PER_TASK, 2);
        RecordingClient client = run(options);
        assertEquals(Outcome.success(), client.outcome(), client::output);
        assertEquals(List.of("task 0 has 2", "task 1 has 2"), lines(client, "task "), client::output);
    }

    @Test
    void anInterfaceThatSlurmDoesNotOfferIsRefusedBeforeTheJobWaits() throws Exception {
        SlurmJobOptions options = options(true, "true\n");
        options.set(LaunchOption.MPI, "smoke-signals");
        RecordingClient client = run(options);
        assertEquals(Outcome.Kind.SUBMIT_REJECTED, client.outcome().kind(), client::output);
        String detail = client.outcome().detail();
        assertTrue(detail.contains("pmi2"), detail);
        assertTrue(detail.contains("but not smoke-signals"), detail);
    }

    @Test
    void aScriptOutsideTheImageStartsTheSameContainer() throws Exception {
        Path workspace = RealCluster.newWorkspace();
        Files.writeString(workspace.resolve("data.txt"), "attached\n");
        SlurmJobOptions options = options(
                true,
                "[ -e /.singularity.d ] || echo host\n"
                        + "srun \"$SLURM_APPTAINER_EXEC\" sh -c 'echo \"task $SLURM_PROCID: $(cat data.txt) $SECRET '\"$SECRET\"'\"; ls -d /.singularity.d'\n"
                        + "echo piped | \"$SLURM_APPTAINER_EXEC\" cat\n"
                        + "APPTAINERENV_OWN=mine \"$SLURM_APPTAINER_EXEC\" sh -c 'echo \"own $OWN\"'\n"
                        + "[ -f \"$SLURM_APPTAINER_IMAGE\" ] && echo image\n"
                        + "\"$SLURM_APPTAINER_EXEC\" sh -c 'exit 7' || exit $?\n");
        options.set(LaunchOption.LAUNCH, "host");
        options.files("data.txt");
        options.env(List.of("SECRET=swordfish"));
        RecordingClient client = run(options, BindRoots.none("real"), workspace.toString());
        assertEquals(Outcome.ofExitCode(7), client.outcome(), client::output);
        assertEquals(
                List.of(
                        "task 0: attached swordfish swordfish",
                        "task 1: attached swordfish swordfish",
                        "task 2: attached swordfish swordfish"),
                lines(client, "task "),
                client::output);
        assertEquals(3, lines(client, "/.singularity.d").size(), client::output);
        assertEquals(1, lines(client, "host").size(), client::output);
        assertEquals(1, lines(client, "piped").size(), client::output);
        assertEquals(List.of("own mine"), lines(client, "own "), client::output);
        assertEquals(1, lines(client, "image").size(), client::output);
    }
}
