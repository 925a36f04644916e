package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
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

    private RecordingHost running(boolean inImage, String script) throws InterruptedException {
        RecordingHost host = cluster.start(cluster.plan(
                inImage, script + "\necho ready\nwhile :; do sleep 0.1; done\n", Map.of(), List.of(), "", ""));
        return host.until(() -> host.output().contains("ready\n"));
    }

    private static void assertNothingLeft(RecordingHost host) throws Exception {
        String states = "";
        for (int i = 0; i < 50; i++) {
            states = RealCluster.command("squeue", "-h", "--me", "-o", "%i %T");
            String id = host.record().jobId();
            if (states.lines().noneMatch(line -> line.startsWith(id + " "))) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("still in the queue: " + states);
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void aSignalToTheBatchScriptReachesTheProgramInside(boolean inImage) throws Exception {
        RecordingHost host = running(inImage, "trap 'echo checkpoint; exit 42' USR2");
        RealCluster.command("scancel", "--signal=USR2", "--batch", host.record().jobId());
        host.await();
        assertTrue(host.output().contains("checkpoint\n"), host::output);
        assertEquals(Outcome.Kind.FAILURE, host.outcome().kind());
        assertEquals(42, host.outcome().exitCode());
    }

    @Test
    void whatSomebodyElseCancelsIsCancelledBySomebodyElse() throws Exception {
        RecordingHost host = running(true, "");
        RealCluster.command("scancel", host.record().jobId());
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind(), host.outcome()::toString);
        assertEquals("by somebody else", host.outcome().detail());
        assertNothingLeft(host);
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void whatThisBuildCancelsIsGone(boolean inImage) throws Exception {
        RecordingHost host = running(inImage, "");
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind(), host.outcome()::toString);
        assertEquals("by this build", host.outcome().detail());
        assertNothingLeft(host);
    }

    /** A program that ends orderly on TERM is cancelled all the same. */
    @Test
    void anOrderlyEndAfterACancellationIsNoSuccess() throws Exception {
        RecordingHost host = running(true, "trap 'echo tidy; exit 0' TERM");
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind(), host.outcome()::toString);
        assertTrue(host.output().contains("tidy\n"), host::output);
    }

    @Test
    void aJobThatStillWaitsIsCancelled() throws Exception {
        RecordingHost host =
                cluster.start(cluster.plan(false, "echo never", Map.of(), List.of("--begin=now+1hour"), "", ""));
        host.until(() ->
                host.lines().stream().anyMatch(line -> line.contains("is pending (BeginTime), expected to start at ")));
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind());
        assertEquals("", host.output());
        assertNothingLeft(host);
    }
}
