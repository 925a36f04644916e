package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The controller stops while a job runs; its next life carries on from the saved record. */
@Tag("cluster")
class RestartTest {
    @Test
    void noOutputIsLostOrShownTwice() throws Exception {
        RealCluster stopped = new RealCluster();
        JobPlan plan = stopped.plan(
                false, "for i in 1 2 3 4 5; do echo $i; sleep 1; done; exit 3", Map.of(), List.of(), "", "");
        RecordingClient before = stopped.start(plan);
        before.until(() -> before.output().contains("2\n"));
        stopped.leave();
        Thread.sleep(1_500);
        JobRecord record = before.savedRecord();
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient after = cluster.start(record, plan).await();
            assertEquals(Outcome.ofExitCode(3), after.outcome());
            assertEquals("1\n2\n3\n4\n5\nExecution ended with exit code 3\n", before.output() + after.output());
        }
    }

    /** Killed between sbatch and its answer: the same job is found, no second one submitted. */
    @Test
    void aLostAnswerIsFoundInTheQueue() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            JobRecord record = cluster.newRecord();
            JobPlan plan = cluster.plan(false, "sleep 2; exit 4", Map.of(), List.of(), "", "");
            RecordingClient before = cluster.start(record, plan);
            before.until(() -> !record.jobId().isEmpty());
            Files.delete(Path.of(record.directory().jobId()));
            var answer = cluster.headNode().submit(new SubmitRequest(record.directory(), "", JobEnvironment.NONE));
            assertEquals(record.jobId(), answer.jobId());
            assertEquals(Outcome.ofExitCode(4), before.await().outcome());
        }
    }
}
