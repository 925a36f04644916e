package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrayTasksTest {
    private static QueueEntry waits(String id, String reason) {
        return FakeHeadNode.row(id, JobState.PENDING, reason);
    }

    private static QueueEntry runs(String id) {
        return FakeHeadNode.row(id, JobState.RUNNING, "None");
    }

    @Test
    void theArrayEndsOnceWithItsLastTask() {
        ArrayFixture fixture = ArrayFixture.of(1, 2, 3);
        IntStream.of(1, 2, 3).forEach(fixture::starts);
        fixture.exits(2, 0);
        fixture.exits(1, 4);
        assertEquals(List.of(), fixture.ends);
        assertEquals(List.of(1, 2), fixture.forgotten.stream().sorted().toList());
        fixture.exits(3, 0);
        fixture.exits(3, 0);
        assertEquals(1, fixture.ends.size());
        assertEquals(4, fixture.ends.get(0).exitCode());
        fixture.pass(20_000);
        assertEquals(
                "Job 123: 2 of 3 tasks completed, 1 failed",
                fixture.client.lines().get(fixture.client.lines().size() - 1));
    }

    @Test
    void theArrayStartsWithItsFirstTask() {
        ArrayFixture fixture = ArrayFixture.of(1, 2);
        fixture.starts(2);
        assertEquals(0, fixture.record.startedAttempt());
        assertEquals(2_000, fixture.record.started());
        assertEquals(-1, fixture.task(1).startedAttempt());
    }

    @Test
    void afterARestartOnlyUnfinishedTasksAreTracked() {
        JobRecord record = EndedJobs.submittedArray("123", List.of(1, 2, 3));
        EndedJobs.ends(record, 1, Outcome.ofExitCode(2));
        record.tasks().get(1).shown(5);
        ArrayFixture fixture = new ArrayFixture(record).begin();
        assertEquals(
                List.of(2, 3),
                fixture.trackers().stream().map(f -> f.watch().task()).toList());
        assertEquals(5, fixture.tracker(2).watch().offset());
        fixture.starts(2);
        fixture.exits(2, 0);
        fixture.starts(3);
        fixture.exits(3, 0);
        assertEquals(2, fixture.ends.get(0).exitCode());
    }

    @Test
    void afterARestartWithAllTasksEndedOnlyTheEndIsReported() {
        JobRecord record = EndedJobs.submittedArray("123", List.of(1, 2));
        EndedJobs.ends(record, 1, Outcome.success());
        EndedJobs.ends(record, 2, Outcome.success());
        ArrayFixture fixture = new ArrayFixture(record).begin();
        assertEquals(List.of(), fixture.ends);
        fixture.pass(0);
        assertEquals(List.of(Outcome.success()), fixture.ends);
    }

    @Test
    void anotherArrayWithTheSameTokenThatStartsFirstCounts() {
        ArrayFixture fixture = ArrayFixture.of(1, 2, 3);
        fixture.starts(1);
        fixture.startsAs("130_2", 2);
        assertEquals("130", fixture.record.jobId());
        assertEquals("123_1", fixture.task(1).jobId(), "it runs already");
        assertEquals("130_2", fixture.task(2).jobId());
        assertEquals("130_3", fixture.task(3).jobId());
    }

    @Test
    void theIdKeepsTheNameOfItsCluster() {
        ArrayFixture fixture = new ArrayFixture(EndedJobs.submittedArray("123;east", List.of(1, 2))).begin();
        fixture.starts(1);
        assertEquals("123;east", fixture.record.jobId());
        assertEquals("123_1;east", fixture.task(1).jobId());
        fixture.startsAs("130_2", 2);
        assertEquals("130;east", fixture.record.jobId());
    }

    @Test
    void theOwnerHearsOfAnswersAndOfSilence() {
        ArrayFixture fixture = ArrayFixture.of(1, 2);
        fixture.trackers().forEach(f -> f.silent("no route"));
        fixture.trackers().forEach(f -> f.silent("no route"));
        fixture.trackers().forEach(JobTracker::answered);
        assertEquals(
                List.of(
                        "No answer about job 123; the job goes on, and the plugin keeps asking: no route",
                        "Job 123 can be asked about again"),
                fixture.client.lines());
        assertEquals(2, fixture.answers, "or the next silence would be as long as the time since the first one");
    }

    @Test
    void tasksThatCanNeverStartAreReportedAndCancelledOnce() {
        ArrayFixture fixture = ArrayFixture.of(1, 2, 3);
        fixture.queueFor(130_000, waits("123_[1-3]", "PartitionTimeLimit"));
        assertEquals(1, fixture.dooms.size());
        assertEquals(
                1,
                fixture.client.lines().stream()
                        .filter(l -> l.contains("can never start"))
                        .count(),
                () -> fixture.client.lines().toString());
        fixture.queueFor(5_000, FakeHeadNode.row("123_[1-3]", JobState.CANCELLED, "None"));
        assertEquals("1:NEVER_RUNNABLE 2:NEVER_RUNNABLE 3:NEVER_RUNNABLE", fixture.outcomes());
        assertEquals(Outcome.Kind.NEVER_RUNNABLE, fixture.ends.get(0).kind());
    }

    @Test
    void aHeldTaskIsCancelledOnlyWhenNothingElseWaits() {
        ArrayFixture fixture = ArrayFixture.of(1, 2, 3);
        fixture.starts(1);
        fixture.queueFor(130_000, runs("123_1"), waits("123_2", "JobHeldUser"), waits("123_[3]", "JobArrayTaskLimit"));
        assertEquals(List.of(), fixture.dooms);
        fixture.starts(3);
        fixture.queue(runs("123_1"), waits("123_2", "JobHeldUser"), runs("123_3"));
        assertEquals(1, fixture.dooms.size(), "nothing else waits");
        assertFalse(fixture.tracker(3).wantsQueue(), "what runs is not being ended");
        fixture.exits(1, 0);
        fixture.queueFor(5_000, FakeHeadNode.row("123_2", JobState.CANCELLED, "None"), runs("123_3"));
        assertEquals("1:SUCCESS 2:NEVER_RUNNABLE 3:-", fixture.outcomes());
        assertNull(
                fixture.record.cancelReason(),
                "or what runs would be asked to end, if only it waited, again and again");
        fixture.exits(3, 0);
        assertEquals(Outcome.Kind.NEVER_RUNNABLE, fixture.ends.get(0).kind());
    }

    @Test
    void aRunningTaskIsNotCancelledWithWaitingOnes() {
        ArrayFixture fixture = ArrayFixture.of(1, 2);
        fixture.starts(1);
        fixture.queueFor(130_000, runs("123_1"), waits("123_[2]", "BadConstraints"));
        assertNotNull(fixture.record.cancelReason());
        fixture.queueFor(
                6_000, FakeHeadNode.row("123_1", JobState.CANCELLED, "None"), waits("123_[2]", "BadConstraints"));
        assertEquals(
                Outcome.of(Outcome.Kind.CANCELLED, "by somebody else"),
                fixture.task(1).outcome());
    }

    @Test
    void manyEndsAreSavedTogetherAndLargeRecordsRarely() {
        ArrayFixture few = ArrayFixture.of(1, 2, 3, 4);
        IntStream.of(1, 2, 3).forEach(few::starts);
        IntStream.of(1, 2, 3).forEach(i -> few.exits(i, 0));
        few.pass(3_000);
        assertEquals(1, few.saves);
        ArrayFixture many = new ArrayFixture(EndedJobs.submittedArray(
                        "123", IntStream.range(0, 5_000).boxed().toList()))
                .begin();
        many.starts(7);
        many.pass(3_000);
        assertEquals(0, many.saves, "megabytes are not written every other second");
        many.pass(57_000);
        assertEquals(1, many.saves);
    }

    @Test
    void anArrayEndsEvenIfItsConsoleIsBroken() {
        ArrayFixture fixture = new ArrayFixture(EndedJobs.submittedArray("123", List.of(1)));
        fixture.begin(new DelegatingClient(fixture.client) {
            @Override
            public void say(String line) {
                throw new IllegalStateException("this build is broken");
            }
        });
        assertThrows(IllegalStateException.class, () -> fixture.starts(1));
        assertThrows(IllegalStateException.class, () -> fixture.exits(1, 3));
        assertEquals(3, fixture.ends.get(0).exitCode());
    }

    @Test
    void aLineIsNotBrokenBecauseTheAnswerHadNoRoomForItsEnd() {
        ArrayFixture fixture = ArrayFixture.of(0, 1);
        fixture.starts(0);
        fixture.prints(0, "one\ntw");
        for (int i = 0; i < 5; i++) {
            fixture.pass(20_000);
            fixture.tracker(0).crowded();
            fixture.tracker(0).observed(null, null, null);
        }
        fixture.prints(0, "o\n");
        assertEquals("[0] one\n[0] two\n", fixture.client.output());
    }
}
