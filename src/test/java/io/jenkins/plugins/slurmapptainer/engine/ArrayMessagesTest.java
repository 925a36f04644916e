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
    private final ArrayFixture fixture = new ArrayFixture(
            EndedJobs.submittedArray("123", IntStream.range(0, 100).boxed().toList()));
    private final ArrayMessages messages =
            new ArrayMessages(fixture.record, fixture.client, fixture.threads(), fixture::now);

    private void starts(int index) {
        fixture.task(index).attemptStarted(0, "n1", 1_000);
        messages.progress();
    }

    private void ends(int index, int code) {
        EndedJobs.ends(fixture.record, index, Outcome.ofExitCode(code));
        messages.ended(fixture.task(index));
    }

    private List<String> told() {
        List<String> lines = List.copyOf(fixture.client.lines());
        fixture.client.lines().clear();
        return lines;
    }

    @Test
    void progressIsReportedAtOnceAndThenEveryTenSeconds() {
        starts(0);
        assertEquals(List.of("Job 123: 0 of 100 tasks completed, 1 running, 99 waiting"), told());
        fixture.pass(1_000);
        starts(1);
        ends(0, 0);
        starts(2);
        assertEquals(1, fixture.planned());
        fixture.pass(8_999);
        assertEquals(List.of(), told());
        fixture.pass(1);
        assertEquals(List.of("Job 123: 1 of 100 tasks completed, 2 running, 97 waiting"), told());
        fixture.pass(60_000);
        assertEquals(List.of(), told());
        messages.progress();
        assertEquals(List.of(), told(), "nothing has changed");
    }

    @Test
    void theLastCountIsTheLastLine() {
        starts(0);
        ends(0, 0);
        messages.end();
        assertEquals("Job 123: 1 of 100 tasks completed, 99 waiting", told().get(1));
        fixture.pass(60_000);
        messages.note("late");
        starts(1);
        fixture.pass(60_000);
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
                "Job 123_34 failed with exit code 4; further failures are on the page of the build's Slurm jobs",
                failures.get(19));
    }

    @Test
    void theNumberOfNotesIsLimited() {
        IntStream.range(0, 200).forEach(i -> messages.note("note " + i));
        List<String> notes = told();
        assertEquals(50, notes.size());
        assertEquals("note 49; further messages of this kind are left out", notes.get(49));
    }

    @Test
    void anEventOfManyTasksIsReportedOnce() {
        for (int i = 0; i < 5; i++) {
            messages.listed(FakeHeadNode.row("123_[5-9]", JobState.PENDING, "Resources"), false);
            messages.listed(FakeHeadNode.row("123_" + i, JobState.SUSPENDED, "None"), false);
            messages.listed(FakeHeadNode.row("123_[5-9%2]", JobState.PENDING, "JobArrayTaskLimit"), false);
            messages.listed(FakeHeadNode.row("123_3", JobState.RUNNING, "None"), true);
        }
        assertEquals(List.of("Tasks of job 123 are pending (Resources)", "Tasks of job 123 are suspended"), told());
        assertEquals("Resources", fixture.record.reason());
        assertEquals("PENDING", fixture.record.state());
    }

    /** Rows of one answer may say different things. */
    @Test
    void theFirstRowOfEachAnswerTellsWhatTheArrayWaitsFor() {
        for (int answer = 0; answer < 30; answer++) {
            String reason = answer < 20 ? "Priority" : "Resources";
            messages.listed(FakeHeadNode.row("123_[0-4,6-99]", JobState.PENDING, reason), true);
            messages.listed(FakeHeadNode.row("123_5", JobState.PENDING, "JobHeldUser"), true);
            assertEquals(reason, fixture.record.reason());
            fixture.pass(10_000);
        }
        assertEquals(
                List.of("Priority", "Resources"),
                fixture.record.queue().spans().stream()
                        .map(QueueHistory.Span::reason)
                        .toList());
    }

    @Test
    void aSilenceIsReportedOnceForAllTasks() {
        messages.answered();
        IntStream.range(0, 5).forEach(i -> messages.silent("no route " + i));
        IntStream.range(0, 5).forEach(i -> messages.answered());
        List<String> lines = told();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).endsWith("the plugin keeps asking: no route 0"), lines.get(0));
        messages.silent("again");
        assertEquals(1, told().size());
    }

    @Test
    void onlyARestartOfATaskIsWorthALine() {
        messages.started(new StartRecord("123_4", 0, 1, "n1"));
        messages.started(new StartRecord("123_4", 1, 1, "n2"));
        assertEquals(List.of("Job 123_4 was started again (restart 1) on n2"), told());
    }

    @Test
    void theCountNamesOnlyStatesThatOccur() {
        assertEquals(
                "0 of 100 tasks completed, 100 waiting",
                ArrayCount.of(fixture.record).toString());
        starts(0);
        ends(1, 0);
        ends(2, 1);
        ArrayCount count = ArrayCount.of(fixture.record);
        assertEquals(new ArrayCount(1, 1, 1, 97), count);
        assertEquals(100, count.all());
        assertEquals("1 of 100 tasks completed, 1 failed, 1 running, 97 waiting", count.toString());
        assertEquals(
                "0 of 1 task completed, 1 waiting",
                ArrayCount.of(EndedJobs.submittedArray("5", List.of(3))).toString());
        assertFalse(new ArrayCount(2, 0, 0, 0).toString().contains("failed"));
    }
}
