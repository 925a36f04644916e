package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.ArrayCount;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.CountingHeadNode;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Job arrays: each task has an output, an end and a result of its own. */
@Tag("cluster")
class ArraysTest {
    static JobPlan array(RealCluster cluster, boolean inImage, String indexes, String script) {
        return cluster.plan(inImage, script, Map.of(Directive.ARRAY, indexes), List.of(), "", "");
    }

    static TaskRecord task(RecordingClient host, int index) {
        return host.record().tasks().stream()
                .filter(task -> task.index() == index)
                .findFirst()
                .orElseThrow();
    }

    static String outcomes(RecordingClient host) {
        return host.record().tasks().stream()
                .map(task -> {
                    Outcome outcome = Optional.ofNullable(task.outcome()).orElseThrow();
                    return task.index() + ":" + outcome.kind() + ":" + outcome.exitCode();
                })
                .collect(Collectors.joining(" "));
    }

    static String linesOf(RecordingClient host, int index) {
        return Arrays.stream(host.output().split("\n"))
                .filter(line -> line.startsWith("[" + index + "] "))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void eachTaskHasAnOutputAndAnEndOfItsOwn() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            String script = "echo \"task $SLURM_ARRAY_TASK_ID of $SLURM_ARRAY_TASK_COUNT\"\n"
                    + "[ \"$SLURM_ARRAY_TASK_ID\" != 3 ] || exit 7\n[ \"$SLURM_ARRAY_TASK_ID\" != 5 ] || exit 2\n";
            RecordingClient host =
                    cluster.start(array(cluster, true, "1-3,5", script)).await();
            assertEquals("1:SUCCESS:0 2:SUCCESS:0 3:FAILURE:7 5:FAILURE:2", outcomes(host));
            assertEquals(Outcome.Kind.FAILURE, host.outcome().kind());
            assertEquals(7, host.outcome().exitCode());
            String nodes3 = task(host, 3).nodes();
            assertEquals(
                    "2 of 4 tasks did not succeed: 3 failed with exit code 7 on " + nodes3
                            + ", 5 failed with exit code 2 on " + task(host, 5).nodes(),
                    host.outcome().detail());
            assertTrue(linesOf(host, 2).contains("[2] task 2 of 4\n"), host::output);
            assertTrue(linesOf(host, 3).endsWith("[3] Apptainer execution ended with exit code 7"), host::output);
            assertEquals(
                    Arrays.stream(host.output().split("\n")).count(),
                    host.record().tasks().stream()
                            .mapToLong(task -> linesOf(host, task.index()).split("\n").length)
                            .sum());
            String id = host.record().jobId();
            assertEquals(id + "_3", task(host, 3).jobId());
            assertTrue(
                    host.lines().contains("Job " + id + "_3 failed with exit code 7 on " + nodes3),
                    host.lines().toString());
            assertTrue(
                    host.lines().contains("Job " + id + ": 2 of 4 tasks completed, 2 failed"),
                    host.lines().toString());
        }
    }

    @Test
    void theTaskLimitHoldsAndAllTasksGetTheBuildsVariables() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            Path running = Files.createTempDirectory(Path.of(cluster.shared()), "running");
            String script = "touch " + running + "/$SLURM_ARRAY_TASK_ID; ls " + running
                    + " | wc -l; sleep 1; echo \"$SECRET\"\n" + "rm " + running + "/$SLURM_ARRAY_TASK_ID\n";
            JobPlan plan = cluster.plan(
                    false,
                    script,
                    Directives.of(Map.of(Directive.ARRAY, "0-4%2"), List.of()),
                    EnvironmentRequest.of(List.of("SECRET=s3")).resolve(Map.of(), List.of()));
            RecordingClient host = cluster.start(plan).await();
            assertEquals(Outcome.success(), host.outcome(), host::output);
            for (TaskRecord task : host.record().tasks()) {
                String lines = linesOf(host, task.index());
                assertTrue(lines.matches("(?s)\\[.\\] [12]\n.*s3\n.*"), lines);
            }
            Path variables = Path.of(host.record().directory().environment());
            host.until(() -> !Files.exists(variables));
        }
    }

    @Test
    void cancellingEndsAllTasksIncludingWaitingOnes() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient host = cluster.start(array(cluster, false, "0-9%2", "echo on; sleep 300\n"));
            host.until(() -> host.output().contains("] on\n"));
            host.job().cancel();
            host.await();
            assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind());
            assertEquals(new ArrayCount(0, 10, 0, 0), ArrayCount.of(host.record()));
            assertTrue(
                    host.record().tasks().stream()
                            .allMatch(task -> task.outcome().kind() == Outcome.Kind.CANCELLED),
                    outcomes(host));
            assertEquals(
                    "",
                    RealCluster.command(
                            "squeue", "--noheader", "--jobs=" + host.record().jobId()));
        }
    }

    @Test
    void aChangeOfOneTaskBySomebodyElseIsReportedForThatTask() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient host = cluster.start(array(cluster, false, "0-3%1", "sleep 3\n"));
            host.until(() -> !host.record().tasks().isEmpty() && task(host, 0).startedAttempt() == 0);
            String id = host.record().jobId();
            RealCluster.command("scancel", id + "_2");
            host.await();
            assertEquals("0:SUCCESS:0 1:SUCCESS:0 2:CANCELLED:-1 3:SUCCESS:0", outcomes(host));
            assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind());
            assertTrue(
                    host.outcome().detail().startsWith("1 of 4 tasks did not succeed: 2 was cancelled"),
                    () -> host.outcome().detail());
        }
    }

    @Test
    void aRequeuedTaskEndsWithItsSecondAttempt() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            String script = "echo attempt ${SLURM_RESTART_COUNT:-0}\n[ $SLURM_ARRAY_TASK_ID = 1 ] || exit 0\n"
                    + "[ \"${SLURM_RESTART_COUNT:-0}\" = 1 ] && exit 5\nsleep 300\n";
            RecordingClient host = cluster.start(
                    cluster.plan(false, script, Map.of(Directive.ARRAY, "0-1"), List.of("--requeue"), "", ""));
            host.until(() -> host.output().contains("[1] attempt 0\n"));
            String id = host.record().jobId() + "_1";
            RealCluster.command("scontrol", "requeue", id);
            RealCluster.startAgain(id, () -> host.output().contains("[1] attempt 1\n") || host.ends() > 0);
            host.await(Duration.ofMinutes(4));
            assertEquals("0:SUCCESS:0 1:FAILURE:5", outcomes(host));
            assertEquals(1, task(host, 1).startedAttempt());
        }
    }

    /** The next life knows which tasks have ended, and loses nothing. */
    @Test
    void anArrayContinuesAfterARestart() throws Exception {
        RealCluster stopped = new RealCluster();
        JobPlan plan = array(
                stopped, false, "0-2", "echo a $SLURM_ARRAY_TASK_ID; sleep $((SLURM_ARRAY_TASK_ID * 4)); exit 3\n");
        RecordingClient before = stopped.start(plan);
        before.until(() -> !before.record().tasks().isEmpty()
                && task(before, 0).outcome() != null
                && task(before, 1).startedAttempt() == 0
                && task(before, 2).startedAttempt() == 0);
        stopped.leave();
        JobRecord record = before.savedRecord();
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient after = cluster.start(record, plan).await();
            assertEquals("0:FAILURE:3 1:FAILURE:3 2:FAILURE:3", outcomes(after));
            assertEquals(3, after.outcome().exitCode());
            assertEquals(1, (before.output() + after.output()).split("\\[2\\] a 2\n", -1).length - 1);
        }
    }

    @Test
    void aLostAnswerIsFoundInTheQueue() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            JobRecord record = cluster.newRecord();
            RecordingClient host = cluster.start(record, array(cluster, false, "0-5%1", "sleep 1; exit 4\n"));
            host.until(() -> !record.jobId().isEmpty());
            Files.delete(Path.of(record.directory().jobId()));
            var answer =
                    cluster.headNode().submit(new SubmitRequest(record.directory(), "", JobEnvironment.NONE, true));
            assertEquals(record.jobId(), answer.jobId());
            host.job().cancel();
            host.await();
        }
    }

    @Test
    void moreTasksThanSlurmAllowsAreRefusedInItsWords() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient host = cluster.start(array(cluster, false, "0-1,9999999", "true\n"))
                    .await();
            assertEquals(Outcome.Kind.SUBMIT_REJECTED, host.outcome().kind());
            assertTrue(host.outcome().detail().contains("Invalid job array specification"), host.outcome()::detail);
        }
    }

    /** The list of tasks in the queue is far longer than Slurm shows by itself. */
    @Test
    void manyTasksNeedNoMoreQuestionsThanOneJob() throws Exception {
        CountingHeadNode node = new CountingHeadNode();
        try (RealCluster cluster = new RealCluster(node, EngineSettings.DEFAULTS)) {
            RecordingClient host = cluster.start(
                            array(cluster, false, "1-399:2%50", "exit $((SLURM_ARRAY_TASK_ID % 3))\n"))
                    .await(Duration.ofMinutes(4));
            long ones = host.record().tasks().stream()
                    .filter(t -> t.outcome().exitCode() == 1)
                    .count();
            long twos = host.record().tasks().stream()
                    .filter(t -> t.outcome().exitCode() == 2)
                    .count();
            assertEquals(200, host.record().tasks().size());
            assertEquals(67, ones);
            assertEquals(66, twos);
            long minutes = 1 + (host.record().ended() - host.record().submitted()) / 60_000;
            assertTrue(node.squeueCalls() <= 8 * minutes, node.squeueCalls() + " in " + minutes + " minutes");
        }
    }
}
