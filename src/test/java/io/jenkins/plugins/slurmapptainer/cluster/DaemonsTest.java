package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.Operator;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slurm's daemons end, hang or are killed while jobs run. Faults 3, 4, 16, 29 and 31. */
@Tag("cluster")
@Tag("disturbing")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DaemonsTest {
    /** Asks more often than usual, to see what lasts for seconds only. */
    private final RealCluster cluster = new RealCluster(
            new LocalHeadNode(), new EngineSettings(Duration.ofSeconds(1), EngineSettings.DEFAULTS.submitLimit()));

    private final Operator operator = new Operator();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingClient running(String script, String... options) throws Exception {
        RecordingClient host =
                cluster.start(cluster.plan(false, "echo ready\n" + script, Map.of(), List.of(options), "", ""));
        return host.until(() -> host.output().contains("ready\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"restart-slurmctld", "kill-slurmctld", "freeze-slurmctld"})
    @DisplayName("3, 29, 31: while slurmctld is gone, jobs run and end, and their end is reported")
    void slurmctldIsAway(String fault) throws Exception {
        RecordingClient ends = running("sleep 4; exit 3");
        RecordingClient endsLater = running("sleep 16; exit 4");
        // What slurmctld has not saved yet it may forget: see the next test.
        Thread.sleep(fault.startsWith("kill") ? 6_000 : 0);
        Operator.Request away = operator.begin(fault + " 10");
        assertEquals(Outcome.ofExitCode(3), ends.await().outcome(), ends::output);
        assertEquals(Outcome.ofExitCode(4), endsLater.await().outcome(), endsLater::output);
        assertEquals(1, ends.ends() + endsLater.ends() - 1);
        away.await();
    }

    /** A slurmctld that is killed forgets what it has done in its last seconds, and does it again. */
    @Test
    @DisplayName("4, 11: a job whose start slurmctld has forgotten runs once, or does not succeed")
    void jobsThatAKilledSlurmctldForgetsRunOnce() throws Exception {
        List<RecordingClient> hosts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            hosts.add(running("echo ran; sleep 12; exit 3"));
        }
        operator.run("kill-slurmctld 1");
        for (RecordingClient host : hosts) {
            host.await(Duration.ofMinutes(4));
            assertEquals(1, host.output().lines().filter("ran"::equals).count(), host::output);
            boolean told = host.outcome().equals(Outcome.ofExitCode(3))
                    || List.of(Outcome.Kind.NODE_FAILURE, Outcome.Kind.CANCELLED, Outcome.Kind.UNKNOWN)
                            .contains(host.outcome().kind());
            assertTrue(told, host.outcome() + "\n" + host.output());
        }
    }

    @Test
    @DisplayName("3, 16, 31: a job that cannot be submitted now is submitted later, once")
    void submittedWhileSlurmctldIsAway() throws Exception {
        Operator.Request away = operator.begin("restart-slurmctld 8");
        Thread.sleep(1_500);
        List<RecordingClient> hosts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            hosts.add(cluster.start(cluster.plan(false, "exit " + i, Map.of(), List.of(), "", "")));
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    Outcome.ofExitCode(i),
                    hosts.get(i).await().outcome(),
                    "" + hosts.get(i).lines());
        }
        away.await();
    }

    @Test
    @DisplayName("32: a cancellation while slurmctld is away is carried out when it is back")
    void cancelledWhileSlurmctldIsAway() throws Exception {
        RecordingClient host = running("sleep 300");
        Thread.sleep(1_000);
        Operator.Request away = operator.begin("restart-slurmctld 6");
        Thread.sleep(1_500);
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind(), host.outcome()::toString);
        assertEquals("by this build", host.outcome().detail());
        away.await();
    }

    @Test
    @DisplayName("a job continues while the slurmd of its node is gone")
    void slurmdIsKilled() throws Exception {
        RecordingClient host = running("sleep 6; exit 5");
        operator.run("kill-slurmd " + host.record().nodes() + " 3");
        assertEquals(Outcome.ofExitCode(5), host.await().outcome(), host::output);
    }

    @Test
    @DisplayName("a job that is suspended and resumed ends as it would have ended")
    void suspendedAndResumed() throws Exception {
        RecordingClient host = running("for i in $(seq 50); do sleep 0.1; done; exit 6");
        Operator.Request suspension = operator.begin("suspend " + host.record().jobId() + " 12");
        host.untilTold("is suspended");
        assertEquals(0, host.ends());
        suspension.await();
        assertEquals(Outcome.ofExitCode(6), host.await().outcome(), host::output);
    }

    @Test
    @DisplayName("20: a partition that is down is waited for")
    void partitionIsDown() throws Exception {
        Operator.Request down = operator.begin("partition-down group1 12");
        Thread.sleep(1_000);
        RecordingClient host = cluster.start(cluster.plan(false, "exit 7", Map.of(), List.of(), "", ""));
        host.untilTold("is pending (Partition");
        assertEquals(0, host.ends());
        down.await();
        assertEquals(Outcome.ofExitCode(7), host.await().outcome(), host::output);
    }
}
