package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
class LimitsTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    /** Slurm's shortest limit is one minute. A program that answers TERM with 0 has reached its limit all the same. */
    @Test
    void aJobThatReachesItsTimeLimit() throws Exception {
        RecordingClient host = cluster.start(cluster.plan(
                true,
                "trap 'exit 0' TERM\nwhile :; do sleep 0.2; done",
                Map.of(Directive.TIME, "1"),
                List.of(),
                "",
                ""));
        assertEquals(
                Outcome.Kind.TIME_LIMIT,
                host.await(Duration.ofSeconds(150)).outcome().kind(),
                host.outcome()::toString);
    }

    @Test
    void aJobThatNeedsMoreMemoryThanItAskedFor() throws Exception {
        String script = "#!/usr/bin/env python3\nimport time\nx = bytearray(400_000_000)\ntime.sleep(30)\n";
        RecordingClient host =
                cluster.start(cluster.plan(true, script, Map.of(Directive.MEMORY, "100M"), List.of(), "", ""));
        assertEquals(Outcome.Kind.OUT_OF_MEMORY, host.await().outcome().kind(), host.outcome()::toString);
    }
}
