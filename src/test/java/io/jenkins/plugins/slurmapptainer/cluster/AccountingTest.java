package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.Operator;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * On a cluster that forgets ended jobs after two seconds ({@code MinJobAge=2}) and keeps accounts: the controller is away
 * while its job ends, and comes back when {@code squeue} no longer knows it. Faults 1, 5, 6, 7, 8, 9 and 17.
 */
@Tag("cluster")
@Tag("accounting")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AccountingTest {
    /** A controller that was away: follows the job again when the queue has forgotten it. */
    private static RecordingClient afterwards(RecordingClient before, JobPlan plan) throws Exception {
        String id = before.record().jobId();
        JobRecord record = before.savedRecord();
        Waits.within(Duration.ofSeconds(150), Duration.ofSeconds(1))
                .alias("the queue forgets job " + id)
                .until(() -> RealCluster.command("squeue", "-h", "--me", "-t", "all", "-o", "%i")
                        .lines()
                        .noneMatch(id::equals));
        try (RealCluster cluster = new RealCluster()) {
            return cluster.start(record, plan).await(Duration.ofMinutes(4));
        }
    }

    /** Runs a script until it prints "ready"; then there is no controller. */
    private static RecordingClient left(String script, Map<Directive, String> directives, String[] command)
            throws Exception {
        RealCluster cluster = new RealCluster();
        JobPlan plan = cluster.plan(false, "echo ready\n" + script, directives, List.of(), "", "");
        RecordingClient before = cluster.start(plan);
        before.until(() -> before.output().contains("ready\n"));
        cluster.leave();
        if (command.length > 0) {
            command[command.length - 1] = before.record().jobId();
            RealCluster.command(command);
        }
        return afterwards(before, plan);
    }

    @Test
    @DisplayName("1, 7, 17: a cancellation by somebody names the user, even if the program then ended with 0")
    void cancelledBySomebody() throws Exception {
        RecordingClient host =
                left("trap 'exit 0' TERM\nwhile :; do sleep 0.1; done", Map.of(), new String[] {"scancel", ""});
        assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind(), host.outcome()::toString);
        assertTrue(
                host.outcome().detail().matches("by user [a-z0-9_-]+"),
                host.outcome().detail());
    }

    @Test
    @DisplayName("9: a job that was killed completely and left no record counts as failed")
    void killedJobWithoutRecordCountsAsFailed() throws Exception {
        RecordingClient host = left("sleep 300", Map.of(), new String[] {"scancel", "--signal=KILL", "--full", ""});
        assertNotEquals(Outcome.Kind.SUCCESS, host.outcome().kind(), host.outcome()::toString);
        assertNotEquals(Outcome.Kind.UNKNOWN, host.outcome().kind(), host.outcome()::toString);
    }

    @Test
    @DisplayName("8: a time limit is reported as one, whatever the program did with the signal")
    void timeLimitIsReported() throws Exception {
        RecordingClient host =
                left("trap 'exit 0' TERM\nwhile :; do sleep 0.2; done", Map.of(Directive.TIME, "1"), new String[0]);
        assertEquals(Outcome.Kind.TIME_LIMIT, host.outcome().kind(), host.outcome()::toString);
    }

    @Test
    @DisplayName("8: a kill for memory is reported as one")
    void killForMemoryIsReported() throws Exception {
        RecordingClient host = left(
                "python3 -c 'import time; x = b\"x\" * (400 << 20); time.sleep(30)'",
                Map.of(Directive.MEMORY, "100M"),
                new String[0]);
        assertEquals(Outcome.Kind.OUT_OF_MEMORY, host.outcome().kind(), host.outcome()::toString);
    }

    @Test
    @DisplayName("1: an end in the job's own record needs no accounting")
    void endInTheJobsOwnRecordNeedsNoAccounting() throws Exception {
        assertEquals(
                Outcome.ofExitCode(3), left("exit 3", Map.of(), new String[0]).outcome());
        assertEquals(Outcome.success(), left("exit 0", Map.of(), new String[0]).outcome());
    }

    @Test
    @DisplayName("5, 6: while slurmdbd is down, jobs are submitted, end and are cancelled as usual")
    void slurmdbdIsDown() throws Exception {
        Operator.Request down = new Operator().begin("stop-slurmdbd 25");
        Thread.sleep(2_000);
        try (RealCluster cluster = new RealCluster()) {
            assertEquals(Outcome.ofExitCode(3), cluster.run(false, "exit 3").outcome());
            RecordingClient host =
                    cluster.start(cluster.plan(false, "echo ready; sleep 300", Map.of(), List.of(), "", ""));
            host.until(() -> host.output().contains("ready\n"));
            host.job().cancel();
            assertEquals(
                    Outcome.Kind.CANCELLED,
                    host.await(Duration.ofMinutes(2)).outcome().kind());
        }
        down.await();
    }
}
