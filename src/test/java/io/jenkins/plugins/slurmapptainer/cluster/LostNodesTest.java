package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node is taken down or dies under a running job. Faults 9 and 11. */
@Tag("cluster")
@Tag("disturbing")
class LostNodesTest {
    private final RealCluster cluster = new RealCluster();
    private final Operator operator = new Operator();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingHost start(String script, String... options) throws Exception {
        RecordingHost host = cluster.start(cluster.plan(false, script, Map.of(), List.of(options), "", ""));
        return host.until(() -> host.output().contains("attempt 0\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-down", "crash-node"})
    @DisplayName("9: a job whose node is lost has failed, although it left no record")
    void nodeIsLost(String fault) throws Exception {
        RecordingHost host = start("echo attempt 0; sleep 300");
        operator.run(fault + " " + host.record().nodes() + " 5");
        assertEquals(Outcome.Kind.NODE_FAILURE, host.await().outcome().kind(), host.outcome()::toString);
        assertEquals(1, host.ends());
        assertFalse(host.output().contains("completed"), host.output());
    }

    @Test
    @DisplayName("11: with --requeue it starts again elsewhere, and that end counts")
    void nodeIsLostAndTheJobRequeued() throws Exception {
        RecordingHost host = start(
                "echo attempt ${SLURM_RESTART_COUNT:-0}\n[ \"${SLURM_RESTART_COUNT:-0}\" = 1 ] && exit 5\nsleep 300\n",
                "--requeue");
        operator.run("node-down " + host.record().nodes() + " 5");
        while (!host.output().contains("attempt 1\n") && host.ends() == 0) {
            // A node refuses a job that starts again in the second of its end: "Job credential revoked".
            Thread.sleep(2_000);
            RealCluster.command("scontrol", "update", "jobid=" + host.record().jobId(), "StartTime=now");
        }
        assertEquals(Outcome.ofExitCode(5), host.await().outcome(), host::output);
        assertEquals(1, host.ends());
    }
}
