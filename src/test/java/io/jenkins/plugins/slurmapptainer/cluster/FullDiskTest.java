package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.realcluster.SmallDisks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real file systems of 16 MB on which there is no room left, and one where a quota is used up. */
@Tag("cluster")
@ResourceLock(SmallDisks.LOCK)
class FullDiskTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path elsewhere;

    private Path small;
    private RealCluster cluster;

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        if (small != null) {
            SmallDisks.remove(small);
        }
    }

    /** The shared directory is on it. */
    private void shareOn(String disk) throws Exception {
        small = SmallDisks.newDirectory(disk);
        cluster = new RealCluster(new LocalHeadNode(), EngineSettings.DEFAULTS, small.toString());
    }

    private static Path file(Path directory, int megabytes) throws Exception {
        byte[] bytes = new byte[megabytes * MEGABYTE];
        new Random(1).nextBytes(bytes);
        return Files.write(directory.resolve("data.bin"), bytes);
    }

    private static void matches(String pattern, String text) {
        assertTrue(text.matches(pattern), text);
    }

    private static String told(RecordingClient host, String begin) {
        return host.lines().stream()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElse("");
    }

    private RecordingClient onHost(String script) {
        return cluster.start(cluster.plan(false, script, Map.of(), List.of(), "", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "full, '.*1 file of 21.0 MB do not fit into .*, where 16.[0-9] MB of 16.8 MB are free; make room.*'",
        "btrfs/quota, '.*Disk quota exceeded; 0 of 1 files?, .* had been copied to .* when it failed; .* are free there, and the user.s quota may be used up.*'"
    })
    void filesThatDoNotFitAreReported(String disk, String expected) throws Exception {
        shareOn(disk);
        file(elsewhere, 20);
        RecordingClient host = cluster.start(
                        cluster.plan(false, "true\n", Map.of(), List.of(), elsewhere.toString(), "data.bin"))
                .await();
        assertNull(host.outcome());
        assertEquals(InvalidRequestException.class, host.failure().getClass());
        matches(expected, host.failure().getMessage());
        assertEquals(List.of(), left(Path.of(host.record().directory().files())), "nothing of it stays");
    }

    private static List<Path> left(Path directory) throws Exception {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "btrfs/quota"})
    void aProgramThatFillsTheDiskFailsWithItsOwnCodeAndTheReason(String disk) throws Exception {
        shareOn(disk);
        RecordingClient host =
                onHost("dd if=/dev/urandom of=big bs=1M; sync; exit 3\n").await();
        assertEquals(Outcome.Kind.FAILURE, host.outcome().kind(), host::output);
        assertEquals(3, host.outcome().exitCode(), host::output);
        matches(".*no space left: .*", host.outcome().detail());
        matches(
                "Job \\d+ failed with exit code 3 \\(no space left: .* of .* are free on .*\\).*",
                OutcomeText.of(host.record()));
    }

    /** Its last words are lost, so nobody knows what else is. */
    @ParameterizedTest
    @ValueSource(strings = {"full", "btrfs/quota"})
    void aProgramThatIgnoresTheFullDiskDoesNotSucceed(String disk) throws Exception {
        shareOn(disk);
        RecordingClient host = onHost("dd if=/dev/urandom of=big bs=1M 2>/dev/null\n"
                        + "dd if=/dev/urandom of=small bs=1 2>/dev/null; sync\n"
                        + "seq 100000 || true\n")
                .await(Duration.ofMinutes(3));
        assertEquals(Outcome.Kind.FAILURE, host.outcome().kind(), host::output);
        matches(".*no space left: .*", host.outcome().detail());
    }

    @Test
    void aDiskThatWasFullForAWhileDoesNoHarm() throws Exception {
        shareOn("full");
        RecordingClient host = onHost("dd if=/dev/zero of=big bs=1M 2>/dev/null; rm big; echo done\n")
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertTrue(host.output().contains("done\n"), host::output);
    }

    @Test
    void nothingIsSubmittedUntilThereIsRoom() throws Exception {
        shareOn("full");
        Path filler = SmallDisks.fill(small);
        RecordingClient host = onHost("echo here\n");
        host.untilTold("Cannot submit now");
        matches(
                "Cannot submit now, will try again for up to 00:10:00: the batch script cannot be written, no space left:"
                        + " 0 bytes of 16.8 MB are free on " + small,
                told(host, "Cannot submit now"));
        Files.delete(filler);
        host.await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
    }

    /** The job cannot even write that it owns its directory, and what it says of that is lost, too. */
    @Test
    void aJobThatFindsTheDiskFullDoesNotRun() throws Exception {
        shareOn("full");
        Map<Directive, String> later = Map.of(Directive.BEGIN, "now+5");
        RecordingClient host =
                cluster.start(cluster.plan(false, "touch " + elsewhere + "/ran\n", later, List.of(), "", ""));
        host.untilTold("Submitted batch job");
        SmallDisks.fill(small);
        host.await(Duration.ofMinutes(3));
        assertTrue(Files.notExists(elsewhere.resolve("ran")));
        assertTrue(
                host.outcome().kind() == Outcome.Kind.FAILURE || host.outcome().kind() == Outcome.Kind.LAUNCH_FAILURE,
                host.outcome()::toString);
        matches(
                ".*no space left: 0 bytes of 16.8 MB are free on " + small + ".*",
                host.outcome().detail());
    }

    @ParameterizedTest
    @CsvSource({
        "full, no space left: 1 file of 10.5 MB do not fit into .* where [0-9.]+ MB of 16.8 MB are free",
        "btrfs/quota, 'cannot copy .*data.bin .10.5 MB. to .* the disk quota is used up .quota -s., though .*; 0 bytes of .*'"
    })
    void outputsWaitUntilThereIsRoom(String disk, String expected) throws Exception {
        small = SmallDisks.newDirectory(disk);
        cluster = new RealCluster();
        Path filler = file(Files.createDirectory(small.resolve("filler")), 9);
        Path workspace = Files.createDirectory(small.resolve("workspace"));
        RecordingClient host = cluster.start(cluster.planWithOutputs(
                false, "head -c 10M /dev/urandom >data.bin\n", workspace.toString(), "", "data.bin"));
        host.untilTold("Cannot copy the outputs now");
        assertEquals(0, host.ends(), host.lines()::toString);
        matches(
                "Cannot copy the outputs now, will try again for up to 01:00:00: " + expected,
                told(host, "Cannot copy the outputs now"));
        assertEquals(List.of(), left(workspace), "no half file stays");
        Files.delete(filler);
        host.await();
        assertEquals(Outcome.success(), host.outcome(), host.lines()::toString);
        assertEquals(10 * MEGABYTE, Files.size(workspace.resolve("data.bin")));
    }
}
