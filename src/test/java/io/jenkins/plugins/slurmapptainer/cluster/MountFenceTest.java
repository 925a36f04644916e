package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.execution.OptionsCheck;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.image.LaunchDefaults;
import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Builds that try to see more of the node than their cluster and their image let them, on the real Apptainer. */
@Tag("cluster")
class MountFenceTest {
    private final RealCluster cluster = new RealCluster();
    private ContainerProgram program = ContainerProgram.of("apptainer");
    private Path allowed;
    private Path secret;

    @BeforeEach
    void folders() throws Exception {
        Path folder = Files.createDirectory(Path.of(cluster.shared(), "fence-" + System.nanoTime()));
        allowed = Files.createDirectory(folder.resolve("allowed"));
        secret = Files.createDirectory(folder.resolve("secret"));
        Files.writeString(secret.resolve("key"), "of somebody else");
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    /** Runs a script in a container that shows nothing of the node by itself. */
    private RecordingClient run(String script, Map<LaunchOption, String> values, Bind... ofTheImage)
            throws InterruptedException {
        SlurmJobOptions options = new SlurmJobOptions(script);
        options.image("python_3.11");
        options.set(LaunchOption.CONTAINALL, "true");
        values.forEach(options::set);
        LaunchDefaults defaults = new LaunchDefaults(List.of(ofTheImage), Map.of(), Gpu.NONE, List.of(), "");
        return cluster.start(OptionsCheck.plan(
                        options,
                        cluster.shared(),
                        program,
                        new ClusterRules(
                                "real",
                                Map.of(),
                                Limits.NONE,
                                new BindRoots("real", List.of(ofTheImage.length > 0 ? "/none" : allowed.toString()))),
                        wanted -> cluster.python().with(defaults),
                        () -> "",
                        "fence",
                        Map.of()))
                .await();
    }

    private static Bind bind(Path source, String destination, boolean readOnly) {
        return new Bind(source.toString(), destination, readOnly);
    }

    @Test
    void aWorkingDirectoryInAReadOnlyMountCannotBeWritten() throws Exception {
        Path run = Files.createDirectory(allowed.resolve("run"));
        RecordingClient host = run(
                "pwd\ntouch new || echo refused",
                Map.of(LaunchOption.WORKING_DIRECTORY, run.toString()),
                bind(allowed, allowed.toString(), true));
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertTrue(host.output().contains(run + "\n"), host::output);
        assertTrue(host.output().contains("refused\n"), host::output);
        assertFalse(Files.exists(run.resolve("new")));
    }

    @Test
    void aWorkingDirectoryBehindALinkIsNotMounted() throws Exception {
        Path link = Files.createSymbolicLink(allowed.resolve("link"), secret);
        RecordingClient host = run(
                "echo started; cat key; touch new",
                Map.of(LaunchOption.WORKING_DIRECTORY, link.toString()),
                bind(allowed, allowed.toString(), false));
        assertFalse(host.output().contains("of somebody else"), host::output);
        assertFalse(Files.exists(secret.resolve("new")));
        assertEquals(Outcome.Kind.LAUNCH_FAILURE, host.outcome().kind(), host.outcome()::toString);
        assertTrue(host.output().contains(link + " leads to " + secret + " on node"), host::output);
        assertFalse(host.output().contains("started"), host::output);
    }

    /** Apptainer would mount the directory in which it is started. */
    @Test
    void theProgramSeesTheNodesDirectoryOnlyUnderItsNameInTheImage() throws Exception {
        Path other;
        try (var folders = Files.list(Path.of("/usr/share"))) {
            other = folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        RecordingClient host = run(
                "pwd\ngrep -c ' " + other + " ' /proc/self/mountinfo",
                Map.of(
                        LaunchOption.WORKING_DIRECTORY,
                        "/inside/" + other.getFileName(),
                        LaunchOption.CONTAINALL,
                        "false"),
                bind(other.getParent(), "/inside", true));
        assertTrue(host.output().contains("/inside/" + other.getFileName() + "\n0\n"), host::output);
    }

    /** Between the check and the mount, another job may put a link where the directory was. */
    @Test
    void theMountedDirectoryIsTheOneThatWasChecked() throws Exception {
        Path data = Files.createDirectory(allowed.resolve("data"));
        Path wrapper = secret.resolve("apptainer");
        Files.writeString(
                wrapper,
                "#!/bin/bash\nmv '" + data + "' '" + data + ".away' && ln -s '" + secret + "' '" + data + "'\n"
                        + "exec apptainer \"$@\"\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        program = ContainerProgram.of(wrapper.toString());
        RecordingClient host = run("echo started; cat /inside/key", Map.of(LaunchOption.BINDS, data + ":/inside"));
        assertFalse(host.output().contains("of somebody else"), host::output);
        assertFalse(host.output().contains("started"), host::output);
        assertTrue(host.output().contains("/inside is not "), host::output);
        assertFalse(host.outcome().isSuccess(), host.outcome()::toString);
    }

    /** The program gets its variables all the same, also those that would change how the mounts are checked. */
    @Test
    void theCheckOfMountsIgnoresTheBuildsVariables() throws Exception {
        Path data = Files.createDirectory(allowed.resolve("data"));
        SlurmJobOptions options = new SlurmJobOptions("printf '[%s]' \"$LD_PRELOAD\" \"$TEXT\"; ls /inside");
        options.image("python_3.11");
        options.env(List.of("LD_PRELOAD=/inside/none.so", "TEXT=a 'b' \"$HOME\"\n c\\"));
        options.set(LaunchOption.BINDS, data + ":/inside\n" + data + ":/mnt/copy:ro");
        RecordingClient host = cluster.start(
                        cluster.plan(options, new BindRoots("real", List.of(allowed.toString())), ""))
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertTrue(host.output().contains("[/inside/none.so][a 'b' \"$HOME\"\n c\\]"), host::output);
        assertFalse(host.output().contains("from LD_PRELOAD cannot be preloaded")
                && host.output().contains("stat:"));
    }

    @Test
    void aFileCanBeMountedToo() throws Exception {
        Path file = Files.writeString(allowed.resolve("a 'file\""), "text of it\n");
        RecordingClient host = run(
                "cat /inside.txt; echo x >/inside.txt || echo refused",
                Map.of(LaunchOption.BINDS, file + ":/inside.txt:ro"));
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertTrue(host.output().contains("text of it\n"), host::output);
        assertTrue(host.output().contains("refused\n"), host::output);
    }

    /** The shared directory often lies in what builds may mount, and the job's own files in that. */
    @Test
    void aReadOnlyMountOfAParentLeavesTheJobsFilesWritable() throws Exception {
        Path parent = Path.of(cluster.root()).getParent();
        allowed = parent;
        RecordingClient host =
                run("echo x >new && echo written", Map.of(LaunchOption.BINDS, parent + ":" + parent + ":ro"));
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertTrue(host.output().contains("written\n"), host::output);
    }
}
