package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody changes a job that waits. Faults 15, 18 and 20. */
@Tag("cluster")
class HeldAndMovedTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingClient waiting(Map<Directive, String> directives) throws Exception {
        RecordingClient host = cluster.start(
                cluster.plan(false, "echo here; exit 3", directives, List.of("--begin=now+1hour"), "", ""));
        return host.untilTold("is pending (BeginTime)");
    }

    /** Slurm may be at the job itself in that moment, and asks to be asked again. */
    private static void change(RecordingClient host, String what) throws Exception {
        String id = "jobid=" + host.record().jobId();
        String answer = Waits.within(Duration.ofMinutes(2), Duration.ofSeconds(1))
                .until(
                        () -> RealCluster.command("scontrol", "update", id, what),
                        text -> !text.contains("temporarily unavailable"));
        assertEquals("", answer);
    }

    @Test
    @DisplayName("20: a job that is held and released only waits")
    void heldAndReleased() throws Exception {
        RecordingClient host = waiting(Map.of());
        String id = host.record().jobId();
        assertEquals("", RealCluster.command("scontrol", "uhold", id));
        host.untilTold("is pending (JobHeldUser)");
        assertEquals("", RealCluster.command("scontrol", "release", id));
        change(host, "StartTime=now");
        assertEquals(Outcome.ofExitCode(3), host.await().outcome());
        assertEquals(1, host.ends());
    }

    @Test
    @DisplayName("18: a job that is moved to another partition is not lost")
    void movedToAnotherPartition() throws Exception {
        RecordingClient host = waiting(Map.of(Directive.PARTITION, "group1", Directive.TIME, "5"));
        change(host, "Partition=debug");
        change(host, "StartTime=now");
        assertEquals(Outcome.ofExitCode(3), host.await().outcome());
        assertEquals(1, host.ends());
    }

    /** What the compute node cannot open, the head node cannot read. */
    @Test
    @DisplayName("15: a job whose output cannot be opened was not launched")
    void jobWhoseOutputCannotBeOpenedWasNotLaunched() throws Exception {
        RecordingClient host = waiting(Map.of());
        Files.createSymbolicLink(Path.of(host.record().directory().outputLog()), Path.of("/nowhere/output.log"));
        change(host, "StartTime=now");
        host.await();
        assertEquals(Outcome.Kind.LAUNCH_FAILURE, host.outcome().kind(), host.outcome()::toString);
        assertTrue(
                host.outcome().detail().matches(".*(JobLaunchFailure|RaisedSignal:53).*"),
                host.outcome().detail());
        assertEquals("", host.output());
    }
}
