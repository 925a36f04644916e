package io.jenkins.plugins.slurmapptainer.cluster;

import static io.jenkins.plugins.slurmapptainer.cluster.ArraysTest.array;
import static io.jenkins.plugins.slurmapptainer.cluster.ArraysTest.linesOf;
import static io.jenkins.plugins.slurmapptainer.cluster.ArraysTest.outcomes;
import static io.jenkins.plugins.slurmapptainer.cluster.ArraysTest.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.ArrayCount;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.Orphans;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes wrong with tasks of arrays, and what others do to them. */
@Tag("cluster")
class ArrayTroublesTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingClient start(String indexes, String script, Map<Directive, String> more, String... options) {
        Map<Directive, String> directives = new HashMap<>(more);
        directives.put(Directive.ARRAY, indexes);
        return cluster.start(cluster.plan(false, script, directives, List.of(options), "", ""));
    }

    private static boolean runs(RecordingClient host, int index) {
        return !host.record().tasks().isEmpty() && task(host, index).startedAttempt() >= 0;
    }

    @Test
    void oneTaskReachesItsTimeLimitAndAnotherIsKilledForMemory() throws Exception {
        String python = "python3 -c 'import time; x = bytearray(400_000_000); time.sleep(30)'";
        String script = "case $SLURM_ARRAY_TASK_ID in\n1) sleep 300 ;;\n2) " + python + " ;;\nesac\n";
        RecordingClient host = start("0-2", script, Map.of(Directive.TIME, "1", Directive.MEMORY, "100M"));
        host.await(Duration.ofSeconds(180));
        assertEquals(Outcome.Kind.SUCCESS, task(host, 0).outcome().kind());
        assertEquals(Outcome.Kind.TIME_LIMIT, task(host, 1).outcome().kind(), outcomes(host));
        assertEquals(Outcome.Kind.OUT_OF_MEMORY, task(host, 2).outcome().kind(), outcomes(host));
        assertEquals(Outcome.Kind.FAILURE, host.outcome().kind(), host.outcome()::toString);
        assertTrue(host.outcome().exitCode() != 0, host.outcome()::toString);
    }

    @Test
    void somebodyElseCancelsTheWholeArrayWhileSomeRunAndSomeWait() throws Exception {
        RecordingClient host = start("0-5%2", "sleep 300\n", Map.of());
        host.until(() -> runs(host, 0) && runs(host, 1));
        RealCluster.command("scancel", host.record().jobId());
        long before = System.nanoTime();
        host.await();
        assertTrue(
                host.record().tasks().stream().allMatch(t -> t.outcome().kind() == Outcome.Kind.CANCELLED),
                outcomes(host));
        assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind());
        assertEquals("by somebody else", task(host, 0).outcome().detail());
        assertEquals("by somebody else", task(host, 5).outcome().detail());
        long seconds = (System.nanoTime() - before) / 1_000_000_000;
        assertTrue(seconds < 200, seconds + " s");
    }

    @Test
    void somebodyElseCancelsOneTaskThatRuns() throws Exception {
        RecordingClient host = start("5,1,3", "[ $SLURM_ARRAY_TASK_ID != 3 ] || sleep 300\n", Map.of());
        host.until(() -> runs(host, 3));
        RealCluster.command("scancel", host.record().jobId() + "_3");
        host.await();
        assertEquals("1 3 5", indexes(host));
        assertEquals(Outcome.Kind.CANCELLED, task(host, 3).outcome().kind(), outcomes(host));
        assertEquals(new ArrayCount(2, 1, 0, 0), ArrayCount.of(host.record()));
    }

    private static String indexes(RecordingClient host) {
        return String.join(
                " ", host.record().tasks().stream().map(t -> "" + t.index()).toList());
    }

    @Test
    void anArrayOfOneTask() throws Exception {
        RecordingClient host = start("7", "exit 3\n", Map.of()).await();
        assertEquals("7:FAILURE:3", outcomes(host));
        assertEquals(3, host.outcome().exitCode());
    }

    @Test
    void cancellingBeforeTheFirstTaskStarts() throws Exception {
        RecordingClient host = start("0-9", "true\n", Map.of(Directive.BEGIN, "now+1hour"));
        host.until(() -> "PENDING".equals(host.record().state()));
        host.job().cancel();
        host.await();
        assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind());
        assertEquals("by this build", task(host, 9).outcome().detail());
        assertTrue(task(host, 0).startedAttempt() < 0);
    }

    @Test
    void megabytesOfBinaryOutputWithoutLinesArrive() throws Exception {
        String script = "case $SLURM_ARRAY_TASK_ID in\n0|1) seq 1 500000 ;;\n"
                + "2) head -c 3000000 /dev/urandom | tr -d '\\n' ;;\n3) head -c 300000 /dev/zero ;;\nesac\n";
        RecordingClient host = start("0-3", script, Map.of()).await();
        assertEquals(Outcome.Kind.SUCCESS, host.outcome().kind(), outcomes(host));
        for (int index : new int[] {0, 1}) {
            String[] lines = linesOf(host, index).split("\n");
            assertEquals("[" + index + "] 1", lines[0]);
            assertEquals("[" + index + "] 500000", lines[499_999]);
            assertEquals(500_001, lines.length);
        }
        assertTrue(task(host, 2).offset() > 2_900_000, "" + task(host, 2).offset());
        assertTrue(task(host, 3).offset() > 300_000);
    }

    @Test
    void theJobsDirectoryVanishes() throws Exception {
        RecordingClient host = start("0-3%2", "sleep 4\n", Map.of());
        host.until(() -> runs(host, 0) && runs(host, 1));
        RealCluster.command("rm", "-rf", host.record().directory().path());
        host.await(Duration.ofMinutes(6));
        assertTrue(
                host.record().tasks().stream().noneMatch(t -> t.outcome().isSuccess()),
                () -> outcomes(host) + host.lines());
    }

    /** Such an array has rows for the tasks that run and one for those that wait, which changes its name all the time. */
    @Test
    void anArrayThatNoBuildKnowsIsFoundAndCancelled() throws Exception {
        RecordingClient host = start("0-19%2", "sleep 1\n", Map.of());
        host.until(() -> runs(host, 0));
        Orphans orphans = new Orphans(cluster.root());
        Set<QueueEntry> found = Set.of();
        JobRecord record = host.record();
        for (int look = 0; look < 2; look++) {
            Thread.sleep(2_500);
            Observation answer = cluster.headNode().observe(ObserveRequest.once(cluster.root(), List.of(), true, 0));
            found = orphans.among(answer.queue(), token -> !token.value().equals(record.token()))
                    .keySet();
        }
        assertEquals(List.of(record.jobId()), found.stream().map(QueueEntry::id).toList());
        QueueEntry orphan = found.iterator().next();
        assertTrue(cluster.headNode()
                .cancel(new CancelRequest(orphan.id(), orphan.comment(), CancelRequest.How.ORDERLY))
                .accepted());
        host.await();
        assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind(), outcomes(host));
    }

    @Test
    void anArrayWaitsForItsTimeAndForAnother() throws Exception {
        RecordingClient first = start("0-1", "sleep 3\n", Map.of());
        first.until(() -> !first.record().jobId().isEmpty());
        RecordingClient second = start(
                "0-1",
                "true\n",
                Map.of(Directive.DEPENDENCY, "afterok:" + first.record().jobId()));
        RecordingClient later = start("0-1", "true\n", Map.of(Directive.BEGIN, "now+10"));
        second.await();
        assertEquals(Outcome.success(), second.outcome());
        assertTrue(first.ends() == 1 || first.record().tasks().stream().allMatch(t -> t.ended() > 0));
        long begun = task(second, 0).started();
        assertTrue(first.await().record().tasks().stream().allMatch(t -> t.ended() <= begun));
        assertEquals(Outcome.success(), later.await().outcome());
        assertTrue(later.record().waitedMillis() >= 8_000, "" + later.record().waitedMillis());
        later.until(() -> !Files.exists(Path.of(later.record().directory().path())));
    }

    @Test
    void theControllerIsGoneWhenHalfOfTheTasksHaveEnded() throws Exception {
        String script = "echo begin $SLURM_ARRAY_TASK_ID; sleep 3; echo end $SLURM_ARRAY_TASK_ID\n"
                + "exit $((SLURM_ARRAY_TASK_ID % 2))\n";
        RealCluster stopped = new RealCluster();
        RecordingClient before = stopped.start(array(stopped, false, "0-5%2", script));
        before.until(() -> !before.record().tasks().isEmpty()
                && task(before, 0).outcome() != null
                && task(before, 1).outcome() != null
                && runs(before, 3));
        stopped.leave();
        JobRecord record = before.savedRecord();
        Thread.sleep(4_000);
        RecordingClient after =
                cluster.start(record, array(cluster, false, "0-5%2", script)).await();
        assertEquals("0:SUCCESS:0 1:FAILURE:1 2:SUCCESS:0 3:FAILURE:1 4:SUCCESS:0 5:FAILURE:1", outcomes(after));
        String output = before.output() + after.output();
        for (int index = 0; index < 6; index++) {
            for (String word : List.of("begin ", "end ")) {
                String line = "[" + index + "] " + word + index + "\n";
                assertEquals(1, output.split(Pattern.quote(line), -1).length - 1, line + output);
            }
        }
        assertEquals(record.jobId(), before.record().jobId());
    }

    @Test
    void aDryRunOfAnArrayIsCheckedAndHasNoTasks() throws Exception {
        SlurmJobOptions options = new SlurmJobOptions("true");
        options.set(Directive.ARRAY, "0-9%2");
        options.dryRun(true);
        RecordingClient host =
                cluster.start(cluster.plan(options, BindRoots.none("real"), "")).await();
        assertEquals(Outcome.success(), host.outcome());
        assertTrue(host.output().contains("#SBATCH --array=0-9%2\n"), host::output);
        assertEquals(List.of(), host.record().tasks());
        options.set(Directive.ARRAY, "9999999");
        assertEquals(
                Outcome.Kind.SUBMIT_REJECTED,
                cluster.start(cluster.plan(options, BindRoots.none("real"), ""))
                        .await()
                        .outcome()
                        .kind());
    }
}
