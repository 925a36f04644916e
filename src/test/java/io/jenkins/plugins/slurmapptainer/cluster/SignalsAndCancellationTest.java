package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
class SignalsAndCancellationTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingClient running(boolean inImage, String script) throws InterruptedException {
        RecordingClient host = cluster.start(cluster.plan(
                inImage, script + "\necho ready\nwhile :; do sleep 0.1; done\n", Map.of(), List.of(), "", ""));
        return host.until(() -> host.output().contains("ready\n"));
    }

    private static void assertNothingLeft(RecordingClient host) throws Exception {
        String id = host.record().jobId();
        Waits.within(Duration.ofMinutes(2), Duration.ofMillis(200))
                .alias("job " + id + " leaves the queue")
                .until(
                        () -> RealCluster.command("squeue", "-h", "--me", "-o", "%i %T"),
                        states -> states.lines().noneMatch(line -> line.startsWith(id + " ")));
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void aSignalToTheBatchScriptReachesTheProgramInside(boolean inImage) throws Exception {
        RecordingClient host = running(inImage, "trap 'echo checkpoint; exit 42' USR2");
        RealCluster.command("scancel", "--signal=USR2", "--batch", host.record().jobId());
        host.await();
        assertTrue(host.output().contains("checkpoint\n"), host::output);
        assertEquals(Outcome.Kind.FAILURE, host.outcome().kind());
        assertEquals(42, host.outcome().exitCode());
    }

    /** All of the job's processes, the batch script among them, which can tell nothing then. */
    @Test
    void aProgramThatKillsItsJobIsNoFailureOfTheCluster() throws Exception {
        RecordingClient host =
                cluster.start(cluster.plan(false, "echo going\nkill -9 0\nsleep 60\n", Map.of(), List.of(), "", ""));
        // Without a record, Slurm's word counts after a while.
        host.await(Duration.ofMinutes(4));
        assertFalse(host.outcome().kind().isInfrastructure(), host.outcome()::toString);
        assertFalse(host.outcome().isSuccess(), host.outcome()::toString);
    }

    @Test
    void aCancellationBySomebodyElseIsReportedAsSuch() throws Exception {
        RecordingClient host = running(true, "");
        RealCluster.command("scancel", host.record().jobId());
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind(), host.outcome()::toString);
        assertEquals("by somebody else", host.outcome().detail());
        assertNothingLeft(host);
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void aJobThatThisBuildCancelsIsGone(boolean inImage) throws Exception {
        RecordingClient host = running(inImage, "");
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind(), host.outcome()::toString);
        assertEquals("by this build", host.outcome().detail());
        assertNothingLeft(host);
    }

    /** A program that ends orderly on TERM is cancelled all the same. */
    @Test
    void aCancelledJobThatEndsProperlyDoesNotSucceed() throws Exception {
        RecordingClient host = running(true, "trap 'echo tidy; exit 0' TERM");
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind(), host.outcome()::toString);
        assertTrue(host.output().contains("tidy\n"), host::output);
    }

    @Test
    void aJobThatStillWaitsIsCancelled() throws Exception {
        RecordingClient host =
                cluster.start(cluster.plan(false, "echo never", Map.of(), List.of("--begin=now+1hour"), "", ""));
        host.until(() ->
                host.lines().stream().anyMatch(line -> line.contains("is pending (BeginTime), expected to start at ")));
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind());
        assertEquals("", host.output());
        assertNothingLeft(host);
    }
}
