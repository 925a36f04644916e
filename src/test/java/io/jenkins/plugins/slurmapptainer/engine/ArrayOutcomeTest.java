package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrayOutcomeTest {
    /** Tasks from 0 on. */
    private static Outcome of(Outcome... tasks) {
        JobRecord record = EndedJobs.submittedArray(
                "123", IntStream.range(0, tasks.length).boxed().toList());
        for (int i = 0; i < tasks.length; i++) {
            EndedJobs.ends(record, i, tasks[i]);
        }
        return ArrayOutcome.of(record);
    }

    private static Outcome code(int code) {
        return Outcome.ofExitCode(code);
    }

    private static final Outcome CANCELLED = Outcome.of(Outcome.Kind.CANCELLED, "by somebody else");
    /** A program that answers TERM with 0. */
    private static final Outcome LIMIT = new Outcome(Outcome.Kind.TIME_LIMIT, 0, 0, "TimeLimit");

    @Test
    void theArraySucceedsIfAllTasksDid() {
        assertEquals(Outcome.success(), of(code(0), code(0)));
        assertEquals(Outcome.success(), of(Outcome.success().withDetail("the job's own record was not seen")));
    }

    @Test
    void theArrayHasTheCommonOutcomeOfFailedTasks() {
        Outcome cancelled = of(code(0), CANCELLED, CANCELLED);
        assertEquals(Outcome.Kind.CANCELLED, cancelled.kind());
        assertEquals(-1, cancelled.exitCode());
        assertEquals("2 of 3 tasks did not succeed: 1 was cancelled, 2 was cancelled", cancelled.detail());
        Outcome killed = of(code(137), code(137));
        assertEquals(Outcome.Kind.SIGNAL, killed.kind());
        assertEquals(9, killed.signal());
        assertEquals(137, killed.exitCode());
        assertEquals(Outcome.Kind.TIME_LIMIT, of(LIMIT, LIMIT).kind());
    }

    @Test
    void withoutACommonOutcomeTheArrayFailsWithTheHighestCode() {
        Outcome mixed = of(code(3), CANCELLED, code(9), code(0));
        assertEquals(Outcome.Kind.FAILURE, mixed.kind());
        assertEquals(9, mixed.exitCode());
        Outcome signals = of(code(137), code(139));
        assertEquals(Outcome.Kind.FAILURE, signals.kind());
        assertEquals(0, signals.signal());
        assertEquals(139, signals.exitCode());
        assertEquals(9, of(code(3), code(9)).exitCode());
    }

    @Test
    void aFailureNeverHasTheExitCodeOfASuccess() {
        Outcome mixed = of(LIMIT, CANCELLED);
        assertEquals(Outcome.Kind.FAILURE, mixed.kind());
        assertEquals(-1, mixed.exitCode());
        assertEquals("2 of 2 tasks did not succeed: 0 reached its time limit, 1 was cancelled", mixed.detail());
    }

    @Test
    void theFirstFiveAreNamedWithTheirNodes() {
        JobRecord record = EndedJobs.submittedArray("123", List.of(1, 2, 4, 8, 16, 32));
        record.tasks().get(0).attemptStarted(0, "n7", 2_000);
        record.tasks().forEach(task -> task.cameTo(code(task.index()), 3_000));
        assertEquals(
                "6 of 6 tasks did not succeed: 1 failed with exit code 1 on n7, 2 failed with exit code 2,"
                        + " 4 failed with exit code 4, 8 failed with exit code 8, 16 failed with exit code 16, …",
                ArrayOutcome.of(record).detail());
        assertEquals(
                "1 of 1 task did not succeed: 0 failed with exit code 1",
                of(code(1)).detail());
    }

    @Test
    void askingBeforeAllTasksHaveEndedIsAnError() {
        JobRecord record = EndedJobs.submittedArray("123", List.of(1));
        assertThrows(NullPointerException.class, () -> ArrayOutcome.of(record));
    }
}
