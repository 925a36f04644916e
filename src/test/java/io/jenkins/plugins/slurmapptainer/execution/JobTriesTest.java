package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.EndedJobs;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTriesTest {
    private final List<String> console = new ArrayList<>();
    private final JobToken first = JobToken.random();
    private final JobTries tries = new JobTries(first.value());

    private static SlurmJobOptions written(Integer retries) {
        SlurmJobOptions written = new SlurmJobOptions("true");
        written.set(Directive.ARRAY, "0-40%5");
        written.tasks().retries(retries);
        return written;
    }

    private boolean again(JobRecord ended, int retries) {
        return tries.again(ended, written(retries), console::add);
    }

    @Test
    void failedTasksAreTriedAgainUpToTheLimit() {
        assertTrue(again(EndedJobs.array("123", Map.of(0, 0, 7, 1, 12, 2, 40, 3)), 2));
        JobToken second = tries.token();
        assertNotEquals(first, second);
        assertTrue(again(EndedJobs.array("124", Map.of(7, 0, 12, 2, 40, 0)), 2));
        assertNotEquals(second, tries.token());
        assertFalse(again(EndedJobs.array("125", Map.of(12, 2)), 2));
        assertEquals(
                List.of(
                        "Submitting the 3 failed tasks of job 123 again: 7,12,40 (retry 1 of 2)",
                        "Submitting the failed task of job 124 again: 12 (retry 2 of 2)"),
                console);
    }

    @Test
    void nothingIsTriedAgainWithoutNeed() {
        assertFalse(again(EndedJobs.array("123", Map.of(0, 0, 1, 0)), 2));
        assertFalse(again(EndedJobs.job12(Outcome.ofExitCode(1)), 2));
        assertFalse(tries.again(EndedJobs.array("123", Map.of(0, 1)), written(null), console::add));
        assertFalse(again(EndedJobs.arrayNeverSubmitted(0, 1), 2));
        assertEquals(List.of(), console);
        assertEquals(first, tries.token());
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.Kind.class,
            names = {"CANCELLED", "NEVER_RUNNABLE", "WAITED_TOO_LONG", "DEADLINE"})
    void endsThatWereWantedOrWillNotChangeAreNotRetried(Outcome.Kind kind) {
        JobRecord array = EndedJobs.array("123", Map.of(0, 1, 5, 1));
        EndedJobs.ends(array, 5, Outcome.of(kind, ""));
        assertFalse(again(array, 2));
        assertEquals(List.of("The failed tasks of job 123 are not submitted again: task 5 " + kind.words()), console);
    }

    @Test
    void aRetryHasTheFailedTasksAndTheLimit() {
        SlurmJobOptions retry =
                JobTries.retry(written(1), EndedJobs.array("123", Map.of(0, 0, 7, 1, 8, 1, 9, 1, 12, 2)));
        assertEquals("7-9,12%5", retry.get(Directive.ARRAY));
    }

    @Test
    void aScriptMayHaveSaidThatItIsAnArray() {
        SlurmJobOptions written = new SlurmJobOptions("#SBATCH --array=0-9%3\ntrue");
        SlurmJobOptions retry = JobTries.retry(written, EndedJobs.array("123", Map.of(0, 0, 7, 1, 8, 1), 3));
        assertEquals("7,8%3", retry.get(Directive.ARRAY));
        assertTrue(retry.tasks().isRetry());
    }

    /** What the first try has left is in the workspace; what it has not left is still waited for. */
    @Test
    void aRetryNeedNotLeaveWhatIsThereAlready() {
        List<FilePattern> outputs = FilePattern.parseOutputs("out-1, out-2, sum.txt");
        SlurmJobOptions written = written(2);
        assertEquals(outputs, written.tasks().ofThisTry(outputs));
        JobRecord before = EndedJobs.lacking(EndedJobs.array("123", Map.of(1, 0, 2, 1)), "out-2", "sum.txt");
        List<FilePattern> retry = JobTries.retry(written, before).tasks().ofThisTry(outputs);
        assertEquals(
                List.of(true, false, false),
                retry.stream().map(FilePattern::optional).toList());
        assertEquals(outputs, written.tasks().ofThisTry(outputs));
    }
}
