package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrayMessagesTest {
    private final ArrayFixture rig = new ArrayFixture(
            EndedJobs.submittedArray("123", IntStream.range(0, 100).boxed().toList()));
    private final ArrayMessages voice = new ArrayMessages(rig.record, rig.host, rig.threads(), rig::now);

    private void starts(int index) {
        rig.task(index).attemptStarted(0, "n1", 1_000);
        voice.progress();
    }

    private void ends(int index, int code) {
        EndedJobs.ends(rig.record, index, Outcome.ofExitCode(code));
        voice.ended(rig.task(index));
    }

    private List<String> told() {
        List<String> lines = List.copyOf(rig.host.lines());
        rig.host.lines().clear();
        return lines;
    }

    @Test
    void progressIsToldAtOnceAndThenEveryTenSecondsIfThereIsAny() {
        starts(0);
        assertEquals(List.of("Job 123: 0 of 100 tasks completed, 1 running, 99 waiting"), told());
        rig.pass(1_000);
        starts(1);
        ends(0, 0);
        starts(2);
        assertEquals(1, rig.planned());
        rig.pass(8_999);
        assertEquals(List.of(), told());
        rig.pass(1);
        assertEquals(List.of("Job 123: 1 of 100 tasks completed, 2 running, 97 waiting"), told());
        rig.pass(60_000);
        assertEquals(List.of(), told());
        voice.progress();
        assertEquals(List.of(), told(), "nothing has changed");
    }

    @Test
    void theLastCountIsToldAtTheEndAndNothingAfterIt() {
        starts(0);
        ends(0, 0);
        voice.end();
        assertEquals("Job 123: 1 of 100 tasks completed, 99 waiting", told().get(1));
        rig.pass(60_000);
        voice.note("late");
        starts(1);
        rig.pass(60_000);
        assertEquals(List.of(), told());
    }

    @Test
    void twentyFailuresAreNamed() {
        IntStream.range(0, 30).forEach(i -> ends(i, i % 2 == 0 ? 0 : 3));
        IntStream.range(30, 60).forEach(i -> ends(i, 4));
        List<String> failures =
                told().stream().filter(line -> line.contains("failed with")).toList();
        assertEquals(20, failures.size());
        assertEquals("Job 123_1 failed with exit code 3", failures.get(0));
        assertEquals(
                "Job 123_34 failed with exit code 4; further ones are on the page of the build's Slurm jobs",
                failures.get(19));
    }

    @Test
    void notesAreBounded() {
        IntStream.range(0, 200).forEach(i -> voice.note("note " + i));
        List<String> notes = told();
        assertEquals(50, notes.size());
        assertEquals("note 49; nothing more of this kind is told", notes.get(49));
    }

    @Test
    void whatHappensToManyTasksIsToldOnce() {
        for (int i = 0; i < 5; i++) {
            voice.listed(FakeHeadNode.row("123_[5-9]", JobState.PENDING, "Resources"), false);
            voice.listed(FakeHeadNode.row("123_" + i, JobState.SUSPENDED, "None"), false);
            voice.listed(FakeHeadNode.row("123_[5-9%2]", JobState.PENDING, "JobArrayTaskLimit"), false);
            voice.listed(FakeHeadNode.row("123_3", JobState.RUNNING, "None"), true);
        }
        assertEquals(List.of("Tasks of job 123 are pending (Resources)", "Tasks of job 123 are suspended"), told());
        assertEquals("JobArrayTaskLimit", rig.record.reason());
        assertEquals("PENDING", rig.record.state());
    }

    @Test
    void aSilenceIsToldOnceForAllTasks() {
        voice.answered();
        IntStream.range(0, 5).forEach(i -> voice.silent("no route " + i));
        IntStream.range(0, 5).forEach(i -> voice.answered());
        List<String> lines = told();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).endsWith("will keep asking: no route 0"), lines.get(0));
        voice.silent("again");
        assertEquals(1, told().size());
    }

    @Test
    void onlyARestartOfATaskIsWorthALine() {
        voice.started(new StartRecord("123_4", 0, 1, "n1"));
        voice.started(new StartRecord("123_4", 1, 1, "n2"));
        assertEquals(List.of("Job 123_4 was started again (restart 1) on n2"), told());
    }

    @Test
    void theCountSaysWhatThereIs() {
        assertEquals(
                "0 of 100 tasks completed, 100 waiting",
                ArrayCount.of(rig.record).toString());
        starts(0);
        ends(1, 0);
        ends(2, 1);
        ArrayCount count = ArrayCount.of(rig.record);
        assertEquals(new ArrayCount(1, 1, 1, 97), count);
        assertEquals(100, count.all());
        assertEquals("1 of 100 tasks completed, 1 failed, 1 running, 97 waiting", count.toString());
        assertEquals(
                "0 of 1 task completed, 1 waiting",
                ArrayCount.of(EndedJobs.submittedArray("5", List.of(3))).toString());
        assertFalse(new ArrayCount(2, 0, 0, 0).toString().contains("failed"));
    }
}
