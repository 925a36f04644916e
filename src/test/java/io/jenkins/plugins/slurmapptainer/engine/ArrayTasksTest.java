package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.cluster.DelegatingHost;
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
        ArrayFixture rig = ArrayFixture.of(1, 2, 3);
        IntStream.of(1, 2, 3).forEach(rig::starts);
        rig.exits(2, 0);
        rig.exits(1, 4);
        assertEquals(List.of(), rig.ends);
        assertEquals(List.of(1, 2), rig.forgotten.stream().sorted().toList());
        rig.exits(3, 0);
        rig.exits(3, 0);
        assertEquals(1, rig.ends.size());
        assertEquals(4, rig.ends.get(0).exitCode());
        rig.pass(20_000);
        assertEquals(
                "Job 123: 2 of 3 tasks completed, 1 failed",
                rig.host.lines().get(rig.host.lines().size() - 1));
    }

    @Test
    void theFirstStartIsTheArrays() {
        ArrayFixture rig = ArrayFixture.of(1, 2);
        rig.starts(2);
        assertEquals(0, rig.record.startedAttempt());
        assertEquals(2_000, rig.record.started());
        assertEquals(-1, rig.task(1).startedAttempt());
    }

    @Test
    void afterARestartOnlyTheOthersAreFollowedFromWhereTheirOutputWas() {
        JobRecord record = EndedJobs.submittedArray("123", List.of(1, 2, 3));
        EndedJobs.ends(record, 1, Outcome.ofExitCode(2));
        record.tasks().get(1).shown(5);
        ArrayFixture rig = new ArrayFixture(record).begin();
        assertEquals(
                List.of(2, 3),
                rig.followers().stream().map(f -> f.watch().task()).toList());
        assertEquals(5, rig.follower(2).watch().offset());
        rig.starts(2);
        rig.exits(2, 0);
        rig.starts(3);
        rig.exits(3, 0);
        assertEquals(2, rig.ends.get(0).exitCode());
    }

    @Test
    void afterARestartWithAllTasksEndedOnlyTheEndIsTold() {
        JobRecord record = EndedJobs.submittedArray("123", List.of(1, 2));
        EndedJobs.ends(record, 1, Outcome.success());
        EndedJobs.ends(record, 2, Outcome.success());
        ArrayFixture rig = new ArrayFixture(record).begin();
        assertEquals(List.of(), rig.ends);
        rig.pass(0);
        assertEquals(List.of(Outcome.success()), rig.ends);
    }

    @Test
    void anotherArrayWithTheSameTokenThatStartsFirstCounts() {
        ArrayFixture rig = ArrayFixture.of(1, 2, 3);
        rig.starts(1);
        rig.startsAs("130_2", 2);
        assertEquals("130", rig.record.jobId());
        assertEquals("123_1", rig.task(1).jobId(), "it runs already");
        assertEquals("130_2", rig.task(2).jobId());
        assertEquals("130_3", rig.task(3).jobId());
    }

    @Test
    void theNameOfTheClusterStaysBehindTheId() {
        ArrayFixture rig = new ArrayFixture(EndedJobs.submittedArray("123;east", List.of(1, 2))).begin();
        rig.starts(1);
        assertEquals("123;east", rig.record.jobId());
        assertEquals("123_1;east", rig.task(1).jobId());
        rig.startsAs("130_2", 2);
        assertEquals("130;east", rig.record.jobId());
    }

    @Test
    void answersAreToldLikeSilence() {
        ArrayFixture rig = ArrayFixture.of(1, 2);
        rig.followers().forEach(f -> f.silent("no route"));
        rig.followers().forEach(f -> f.silent("no route"));
        rig.followers().forEach(JobTracker::answered);
        assertEquals(
                List.of(
                        "No answer about job 123, which goes on; will keep asking: no route",
                        "There are answers about job 123 again"),
                rig.host.lines());
        assertEquals(2, rig.answers, "or the next silence would be as long as the time since the first one");
    }

    @Test
    void whatCanNeverStartIsToldAndEndedOnce() {
        ArrayFixture rig = ArrayFixture.of(1, 2, 3);
        rig.queueFor(130_000, waits("123_[1-3]", "PartitionTimeLimit"));
        assertEquals(1, rig.dooms.size());
        assertEquals(
                1,
                rig.host.lines().stream()
                        .filter(l -> l.contains("can never start"))
                        .count(),
                () -> rig.host.lines().toString());
        rig.queueFor(5_000, FakeHeadNode.row("123_[1-3]", JobState.CANCELLED, "None"));
        assertEquals("1:NEVER_RUNNABLE 2:NEVER_RUNNABLE 3:NEVER_RUNNABLE", rig.outcomes());
        assertEquals(Outcome.Kind.NEVER_RUNNABLE, rig.ends.get(0).kind());
    }

    @Test
    void oneTaskThatIsHeldDoomsTheOthersNot() {
        ArrayFixture rig = ArrayFixture.of(1, 2, 3);
        rig.starts(1);
        rig.queueFor(130_000, runs("123_1"), waits("123_2", "JobHeldUser"), waits("123_[3]", "JobArrayTaskLimit"));
        assertEquals(List.of(), rig.dooms);
        rig.starts(3);
        rig.queue(runs("123_1"), waits("123_2", "JobHeldUser"), runs("123_3"));
        assertEquals(1, rig.dooms.size(), "nothing else waits");
        assertFalse(rig.follower(3).wantsQueue(), "what runs is not being ended");
        rig.exits(1, 0);
        rig.queueFor(5_000, FakeHeadNode.row("123_2", JobState.CANCELLED, "None"), runs("123_3"));
        assertEquals("1:SUCCESS 2:NEVER_RUNNABLE 3:-", rig.outcomes());
        assertNull(rig.record.doom(), "or what runs would be asked to end, if only it waited, again and again");
        rig.exits(3, 0);
        assertEquals(Outcome.Kind.NEVER_RUNNABLE, rig.ends.get(0).kind());
    }

    @Test
    void aTaskThatRunsIsNotCancelledByTheBuildWhenOthersAre() {
        ArrayFixture rig = ArrayFixture.of(1, 2);
        rig.starts(1);
        rig.queueFor(130_000, runs("123_1"), waits("123_[2]", "BadConstraints"));
        assertNotNull(rig.record.doom());
        rig.queueFor(6_000, FakeHeadNode.row("123_1", JobState.CANCELLED, "None"), waits("123_[2]", "BadConstraints"));
        assertEquals(
                Outcome.of(Outcome.Kind.CANCELLED, "by somebody else"),
                rig.task(1).outcome());
    }

    @Test
    void manyEndsAreSavedTogetherAndLargeRecordsSeldom() {
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
    void aConsoleThatIsBrokenKeepsNoArrayFromItsEnd() {
        ArrayFixture rig = new ArrayFixture(EndedJobs.submittedArray("123", List.of(1)));
        rig.begin(new DelegatingHost(rig.host) {
            @Override
            public void say(String line) {
                throw new IllegalStateException("this build is broken");
            }
        });
        assertThrows(IllegalStateException.class, () -> rig.starts(1));
        assertThrows(IllegalStateException.class, () -> rig.exits(1, 3));
        assertEquals(3, rig.ends.get(0).exitCode());
    }

    @Test
    void aLineIsNotBrokenBecauseTheAnswerHadNoRoomForItsEnd() {
        ArrayFixture rig = ArrayFixture.of(0, 1);
        rig.starts(0);
        rig.prints(0, "one\ntw");
        for (int i = 0; i < 5; i++) {
            rig.pass(20_000);
            rig.follower(0).crowded();
            rig.follower(0).observed(null, null, null);
        }
        rig.prints(0, "o\n");
        assertEquals("[0] one\n[0] two\n", rig.host.output());
    }
}
