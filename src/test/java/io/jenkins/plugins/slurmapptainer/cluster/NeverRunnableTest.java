package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Fault 20: a job that nothing but an administrator could ever start is given two minutes. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
class NeverRunnableTest {
    @Test
    @DisplayName("20: a dependency that can never be satisfied ends the job, so that the build does not wait for days")
    void dependencyThatIsNeverSatisfied() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient failed = cluster.run(false, "exit 1");
            RecordingClient host = cluster.start(cluster.plan(
                    false,
                    "echo never",
                    Map.of(Directive.DEPENDENCY, "afterok:" + failed.record().jobId()),
                    List.of("--kill-on-invalid-dep=no"),
                    "",
                    ""));
            host.await(Duration.ofMinutes(4));
            assertEquals(Outcome.Kind.NEVER_RUNNABLE, host.outcome().kind(), host.outcome()::toString);
            assertTrue(
                    host.outcome().detail().contains("DependencyNeverSatisfied"),
                    host.outcome().detail());
            assertEquals("", host.output());
            String left = RealCluster.command(
                    "squeue", "-h", "--me", "-t", "PD,R", "-j", host.record().jobId(), "-o", "%i");
            assertEquals("", left);
        }
    }
}
