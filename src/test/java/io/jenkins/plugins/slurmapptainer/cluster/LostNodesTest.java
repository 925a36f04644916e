package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.Ghosts;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.Operator;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
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

/** A node is taken down or dies under a running job. Faults 9 and 11. */
@Tag("cluster")
@Tag("disturbing")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LostNodesTest {
    private static final String ONCE_MORE =
            "echo attempt ${SLURM_RESTART_COUNT:-0}\n[ \"${SLURM_RESTART_COUNT:-0}\" = 1 ] && exit 5\nsleep 300";

    /** Asks more often than usual, to be done sooner. */
    private final RealCluster cluster = new RealCluster(
            new LocalHeadNode(), new EngineSettings(Duration.ofSeconds(1), EngineSettings.DEFAULTS.submitLimit()));

    private final Operator operator = new Operator();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingClient start(String script, String... options) throws Exception {
        RecordingClient host = cluster.start(cluster.plan(false, script, Map.of(), List.of(options), "", ""));
        return host.until(() -> host.output().contains("attempt 0\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-down", "crash-node"})
    @DisplayName("9: a job whose node is lost counts as failed, although it left no record")
    void nodeIsLost(String fault) throws Exception {
        RecordingClient host = start("echo attempt 0; sleep 300");
        operator.run(fault + " " + host.record().nodes() + " 5");
        assertEquals(Outcome.Kind.NODE_FAILURE, host.await().outcome().kind(), host.outcome()::toString);
        assertEquals(1, host.ends());
        assertFalse(host.output().contains("completed"), host.output());
    }

    @Test
    @DisplayName("11: with --requeue, a job whose node is lost starts again elsewhere, and that end counts")
    void nodeIsLostAndTheJobRequeued() throws Exception {
        RecordingClient host = start(ONCE_MORE, "--requeue");
        operator.run("node-down " + host.record().nodes() + " 5");
        RealCluster.startAgain(host.record().jobId(), () -> host.output().contains("attempt 1\n") || host.ends() > 0);
        assertEquals(Outcome.ofExitCode(5), host.await().outcome(), host::output);
        assertEquals(1, host.ends());
    }

    /** "Job credential revoked": as when a job starts again in the second of its end. */
    @Test
    @DisplayName("11: a start that the node refuses does not end the job")
    void refusedStartDoesNotEndTheJob() throws Exception {
        String slurm = RealCluster.command("sinfo", "--version").strip();
        int release = Integer.parseInt(slurm.replaceAll("[^0-9]*([0-9]+).*", "$1"));
        assumeTrue(release < 26, slurm + " gives each run a SLUID of its own, by which nodes tell them apart");
        RecordingClient host = start("trap 'exit 1' TERM\n" + ONCE_MORE + " & wait", "--requeue", "--nodelist=n1");
        String id = host.record().jobId();
        RealCluster.command("scontrol", "requeue", id);
        untilState(id, "PENDING 1");
        operator.run("refuse-job n1 " + id + " 60");
        RealCluster.command("scontrol", "update", "jobid=" + id, "StartTime=now");
        untilState(id, "FAILED 1");
        host.await(Duration.ofMinutes(4));
        assertEquals(Outcome.Kind.NODE_FAILURE, host.outcome().kind(), host.outcome()::toString);
        assertFalse(host.output().contains("attempt 1\n"), host.output());
        assertEquals(1, host.ends());
    }

    private static void untilState(String id, String wanted) throws Exception {
        Waits.within(Duration.ofMinutes(2), Duration.ofMillis(100))
                .untilAsserted(() -> assertEquals(wanted, state(id)));
    }

    /** The state and the number of restarts, as Slurm has them. */
    private static String state(String id) throws Exception {
        return RealCluster.command(
                        "squeue", "--noheader", "--states=all", "--jobs=" + id, "--Format=State:20,RestartCnt:6")
                .strip()
                .replaceAll(" +", " ");
    }

    /** {@code slurmstepd} tries for ten seconds to report the end, and once more after fifteen. Meanwhile its node dies. */
    @Test
    @DisplayName("24: a job that has reported its end but that Slurm still lists as running is cancelled")
    void slurmNeverLearnsOfTheEnd() throws Exception {
        RecordingClient host = start("echo attempt 0; sleep 5");
        Operator.Request away = operator.begin("restart-slurmctld 18");
        Operator.Request crash = operator.begin("crash-node " + host.record().nodes() + " 1");
        assertEquals(Outcome.success(), host.await().outcome());
        away.await();
        crash.await();
        String id = host.record().jobId();
        assumeTrue(state(id).startsWith("RUNNING"), "Slurm has noticed by itself");
        List<String> told = new ArrayList<>();
        Ghosts ghosts = new Ghosts(Duration.ZERO, told::add);
        Waits.within(Duration.ofMinutes(1), Duration.ofMillis(200)).untilAsserted(() -> {
            ghosts.look(cluster.headNode(), List.of(host.record()), queue(), System.nanoTime() / 1_000_000);
            assertTrue(state(id).matches("(CANCELLED|COMPLETING).*"), () -> told.toString());
        });
        assertEquals(1, told.size(), told::toString);
    }

    private List<QueueEntry> queue() throws Exception {
        return cluster.headNode()
                .observe(ObserveRequest.once(cluster.root(), List.of(), true, 0))
                .queue();
    }
}
