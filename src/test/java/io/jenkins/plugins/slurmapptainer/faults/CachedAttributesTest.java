package io.jenkins.plugins.slurmapptainer.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A head node that sees the shared directory as over NFS: it remembers attributes, names and the absence of names for some seconds, while
 * the compute nodes write. {@code src/build/cached-view.sh} makes this view for the process of the tests alone.
 */
@Tag("cluster")
@Tag("disturbing")
@Tag("cached")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CachedAttributesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @BeforeAll
    static void isSeenSo() throws IOException {
        String why = System.getenv("CACHED_VIEW");
        assumeTrue(
                why != null && !why.isEmpty(), "only src/build/faults.sh runs these tests with a view that remembers");
        Path reason = Path.of(why);
        assumeTrue(
                Files.notExists(reason),
                () -> "a view that remembers cannot be mounted here: "
                        + (Files.isReadable(reason) ? read(reason) : ""));
        String mounts = Files.readString(Path.of("/proc/self/mounts"));
        String shared = RealCluster.required("SHARED_DIR");
        assertTrue(mounts.lines().anyMatch(line -> line.contains(" " + shared + " fuse")), mounts);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String lines(String from, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> from + i).collect(Collectors.joining("\n"));
    }

    /** All lines that begin so, without what stands before that. */
    private static String printed(RecordingClient host, String from) {
        return host.output()
                .lines()
                .filter(line -> line.contains(from))
                .map(line -> line.substring(line.indexOf(from)))
                .collect(Collectors.joining("\n"));
    }

    private static JobPlan plan(RealCluster cluster, String script) {
        return cluster.plan(false, script, Map.of(), List.of(), "", "");
    }

    @Test
    void whatJobsPrintIsShownOnceAndInOrder() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient talking =
                    cluster.start(plan(cluster, "for i in $(seq 20); do echo \"line $i\"; sleep 1; done; exit 3\n"));
            RecordingClient silent = cluster.start(plan(cluster, "echo \"line 1\"; sleep 10; echo \"line 2\"\n"));
            RecordingClient bursts = cluster.start(plan(
                    cluster, "for i in $(seq 5000); do echo \"line $i\"; [ $((i % 1000)) != 0 ] || sleep 2; done\n"));
            RecordingClient quick = cluster.start(plan(cluster, "echo \"line 1\"\n"));
            assertEquals(Outcome.ofExitCode(3), talking.await(PATIENCE).outcome(), talking::output);
            assertEquals(lines("line ", 1, 20), printed(talking, "line "));
            assertEquals(Outcome.Kind.SUCCESS, silent.await(PATIENCE).outcome().kind(), silent::output);
            assertEquals(lines("line ", 1, 2), printed(silent, "line "));
            assertEquals(Outcome.Kind.SUCCESS, bursts.await(PATIENCE).outcome().kind(), bursts::output);
            assertEquals(lines("line ", 1, 5000), printed(bursts, "line "));
            assertEquals(Outcome.Kind.SUCCESS, quick.await(PATIENCE).outcome().kind(), quick::output);
            assertEquals("line 1", printed(quick, "line "));
            for (RecordingClient host : List.of(talking, silent, bursts, quick)) {
                assertEquals(1, host.ends());
            }
        }
    }

    @Test
    void eachTaskOfAnArrayIsShownOnceAndEndsAsItDid() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            String script = "t=$SLURM_ARRAY_TASK_ID\nfor i in $(seq 8); do echo \"task $t line $i\"; sleep 1; done\n"
                    + "[ \"$t\" != 3 ] || exit 7\n";
            RecordingClient host = cluster.start(
                            cluster.plan(false, script, Map.of(Directive.ARRAY, "1-6%3"), List.of(), "", ""))
                    .await(PATIENCE);
            for (int task = 1; task <= 6; task++) {
                String from = "task " + task + " line ";
                assertEquals(lines(from, 1, 8), printed(host, from));
            }
            String ends = host.record().tasks().stream()
                    .map(task -> task.index() + ":"
                            + Optional.ofNullable(task.outcome()).orElseThrow().exitCode())
                    .collect(Collectors.joining(" "));
            assertEquals("1:0 2:0 3:7 4:0 5:0 6:0", ends, host::output);
            assertEquals(1, host.ends());
        }
    }

    @Test
    void aJobThatIsPutBackIntoTheQueueEndsWithItsSecondAttempt() throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            String script =
                    "a=${SLURM_RESTART_COUNT:-0}\nfor i in 1 2 3; do echo \"attempt $a line $i\"; sleep 1; done\n"
                            + "[ \"$a\" != 1 ] || exit 5\nsleep 300\n";
            RecordingClient host = cluster.start(cluster.plan(false, script, Map.of(), List.of("--requeue"), "", ""));
            host.until(() -> host.output().contains("attempt 0 line 3\n"));
            String id = host.record().jobId();
            RealCluster.command("scontrol", "requeue", id);
            RealCluster.startAgain(id, () -> host.output().contains("attempt 1 line 1\n") || host.ends() > 0);
            assertEquals(Outcome.ofExitCode(5), host.await(PATIENCE).outcome(), host::output);
            assertEquals(lines("attempt 0 line ", 1, 3), printed(host, "attempt 0 line "));
            assertEquals(lines("attempt 1 line ", 1, 3), printed(host, "attempt 1 line "));
            assertEquals(1, host.ends());
        }
    }
}
