package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a build wants its script to run on the node, with the real Slurm and the real Apptainer. */
@Tag("cluster")
class LaunchOptionsTest {
    private final RealCluster cluster = new RealCluster();
    private Path scratch;

    @BeforeEach
    void scratch() throws Exception {
        scratch = Files.createDirectory(Path.of(cluster.shared(), "scratch, it's-" + System.nanoTime()));
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private SlurmJobOptions options(String script, Map<LaunchOption, String> values) {
        SlurmJobOptions options = new SlurmJobOptions(script);
        options.image("python_3.11");
        values.forEach(options::set);
        return options;
    }

    private RecordingClient run(SlurmJobOptions options, String workspace) throws InterruptedException {
        BindRoots roots = new BindRoots("real", List.of(scratch.toString()));
        return cluster.start(cluster.plan(options, roots, workspace)).await();
    }

    private RecordingClient run(String script, Map<LaunchOption, String> values) throws InterruptedException {
        return run(options(script, values), "");
    }

    @Test
    void aMountCanBeTheWorkingDirectory() throws Exception {
        Path run = Files.createDirectory(scratch.resolve("run"));
        Path link = Files.createSymbolicLink(scratch.resolve("link"), run);
        RecordingClient host = run(
                "pwd\necho x >new\ntouch /ro/y || echo refused\n[ -d \"$FILES_DIR\" ] && touch \"$FILES_DIR/z\" && echo files",
                Map.of(
                        LaunchOption.BINDS,
                        scratch + ":/inside\n" + link + ":/ro:ro",
                        LaunchOption.WORKING_DIRECTORY,
                        "/inside/run"));
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertTrue(host.output().contains("/inside/run\n"), host::output);
        assertTrue(host.output().contains("refused\nfiles\n"), host::output);
        assertEquals("x\n", Files.readString(run.resolve("new")));
    }

    @Test
    void aPathIsTheWorkingDirectoryInTheImageAndOnTheHost() throws Exception {
        Map<LaunchOption, String> values = Map.of(LaunchOption.WORKING_DIRECTORY, scratch.toString());
        SlurmJobOptions onHost = options("pwd; echo h >host", values);
        onHost.image(null);
        RecordingClient host = run(onHost, "");
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertTrue(host.output().contains(scratch + "\n"), host::output);
        RecordingClient inImage = run("pwd; cat host", values);
        assertEquals(Outcome.success(), inImage.outcome(), inImage::output);
        assertTrue(inImage.output().contains(scratch + "\nh\n"), inImage::output);
    }

    @Test
    void outputsAreThoseOfTheWorkingDirectory() throws Exception {
        Path workspace = RealCluster.newWorkspace();
        SlurmJobOptions options = options("echo r >result", Map.of(LaunchOption.WORKING_DIRECTORY, scratch.toString()));
        options.outputs("result");
        RecordingClient host = run(options, workspace.toString());
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertEquals("r\n", Files.readString(workspace.resolve("result")));
    }

    /** The script still comes through its descriptor, Slurm's variables are there, and signals arrive. */
    @Test
    void containallHidesTheNode() throws Exception {
        Path left = Files.createTempFile("of-the-node", "");
        RecordingClient host = run(
                "[ -e " + left + " ] || echo hidden\necho \"$SLURM_JOB_ID|$SLURM_JOB_NODELIST|${HOST_ONLY-unset}\"\n"
                        + "touch /of-the-program && echo written\nps -e | wc -l\ncat </dev/null; exit 3",
                Map.of(LaunchOption.CONTAINALL, "true", LaunchOption.WRITABLE_TMPFS, "true", LaunchOption.NV, "true"));
        assertEquals(Outcome.ofExitCode(3), host.outcome(), host::output);
        assertTrue(host.output().contains("hidden\n" + host.record().jobId() + "|n"), host::output);
        assertTrue(host.output().contains("|unset\nwritten\n"), host::output);
    }

    @Test
    void aSignalReachesTheProgramWithContainall() throws Exception {
        SlurmJobOptions options = options(
                "trap 'echo caught; exit 4' USR1\necho ready\nwhile :; do sleep 0.1; done",
                Map.of(LaunchOption.CONTAINALL, "true"));
        RecordingClient host = cluster.start(cluster.plan(options, BindRoots.none("real"), ""));
        host.until(() -> host.output().contains("ready\n") || host.ends() > 0);
        RealCluster.command("scancel", "--batch", "--signal=USR1", host.record().jobId());
        host.await();
        assertEquals(4, host.outcome().exitCode(), host::output);
        assertTrue(host.output().contains("caught\n"), host::output);
    }

    @Test
    void aMountThatLeadsOutOfTheAllowedDirectoriesIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(scratch.resolve("out"), Path.of("/etc"));
        RecordingClient host = run("echo here", Map.of(LaunchOption.BINDS, link + ":/inside"));
        assertEquals(Outcome.Kind.LAUNCH_FAILURE, host.outcome().kind(), host.outcome()::toString);
        assertTrue(host.output().contains(link + " leads to /etc on node"), host::output);
        assertFalse(host.output().contains("here\n"), host::output);
    }

    @Test
    void aWorkingDirectoryThatIsNotThereEndsTheJobBeforeTheProgram() throws Exception {
        RecordingClient host = run("echo here", Map.of(LaunchOption.WORKING_DIRECTORY, scratch + "/missing"));
        assertEquals(Outcome.Kind.LAUNCH_FAILURE, host.outcome().kind(), host.outcome()::toString);
        assertTrue(
                host.output().contains("The directory " + scratch + "/missing cannot be entered on node"),
                host::output);
        assertFalse(host.output().contains("here\n"), host::output);
    }

    @Test
    void theInterpreterThatTheBuildChoseRunsTheScript() throws Exception {
        String script = "#!/bin/false\nimport sys\nprint('isolated', sys.flags.isolated)";
        RecordingClient inImage = run(script, Map.of(LaunchOption.INTERPRETER, "python3 -I"));
        assertEquals(Outcome.success(), inImage.outcome(), inImage::output);
        assertTrue(inImage.output().contains("isolated 1\n"), inImage::output);
        SlurmJobOptions missing = options("true", Map.of(LaunchOption.INTERPRETER, "no-such-program"));
        RecordingClient host = run(missing, "");
        assertFalse(host.outcome().isSuccess(), host::output);
        assertTrue(host.output().contains("no-such-program"), host::output);
    }

    @Test
    void theBuildChoosesWhetherASharedWorkspaceIsUsed() throws Exception {
        Path workspace = Files.createDirectory(scratch.resolve("workspace"));
        Files.writeString(workspace.resolve("data.csv"), "d\n");
        RecordingClient used = run(
                options("pwd; cat data.csv", Map.of(LaunchOption.WORKING_DIRECTORY, "workspace")),
                workspace.toString());
        assertEquals(Outcome.success(), used.outcome(), used::output);
        assertTrue(used.output().contains(workspace + "\nd\n"), used::output);
        SlurmJobOptions beside = options("pwd; cat \"$FILE_DATA_CSV\"", Map.of(LaunchOption.WORKING_DIRECTORY, "job"));
        beside.files("data.csv");
        RecordingClient left = run(beside, workspace.toString());
        assertEquals(Outcome.success(), left.outcome(), left::output);
        assertTrue(left.output().contains(left.record().directory().files() + "\n"), left::output);
    }

    @Test
    void aWorkspaceThatIsNotSharedIsRefusedBeforeAnythingIsSubmitted() throws Exception {
        RecordingClient host = cluster.start(cluster.plan(
                options("true", Map.of(LaunchOption.WORKING_DIRECTORY, "workspace")),
                BindRoots.none("real"),
                RealCluster.newWorkspace().toString()));
        host.until(() -> host.failure() != null || host.ends() > 0);
        InvalidRequestException refusal = assertInstanceOf(InvalidRequestException.class, host.failure());
        assertTrue(refusal.getMessage().startsWith("workingDirectory: the workspace "), refusal.getMessage());
        assertEquals("", host.record().jobId());
    }
}
