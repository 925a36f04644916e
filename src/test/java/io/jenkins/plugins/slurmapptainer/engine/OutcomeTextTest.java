package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTextTest {
    private final JobRecord job =
            new JobRecord(new JobToken("0123456789abcdef0123456789abcdef"), "real", "/s/c1", "", 0);

    private String text(Outcome outcome) {
        job.submitted("12", 0);
        job.ended(outcome, 0);
        return OutcomeText.of(job);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0|Job 12 completed",
                "1|Job 12 failed with exit code 1",
                "127|Job 12 failed with exit code 127; 127 means that a command was not found",
                "137|Job 12 was ended by signal 9"
            })
    void theTextSaysHowTheProgramEnded(int code, String text) {
        assertEquals(text, text(Outcome.ofExitCode(code)));
    }

    @Test
    void theTextSaysWhatWasRequestedAndWhatWasUsed() {
        job.planned(EngineFixture.plan(Map.of(Directive.MEMORY, "16G", Directive.TIME, "00:10:00")));
        job.attemptStarted(0, "a1", 1);
        job.attemptEnded(2, 17_072_495_001L);
        assertEquals(
                "Job 12 ran out of memory; asked for 16G, used 15.9G on a1; ask for more with memory:",
                text(Outcome.of(Outcome.Kind.OUT_OF_MEMORY, "")));
        assertEquals(
                "Job 12 reached its time limit; asked for 00:10:00; ask for more with time:, or make the work smaller",
                text(Outcome.of(Outcome.Kind.TIME_LIMIT, "")));
    }

    @Test
    void theTextSaysThatNothingWasRequested() {
        job.attemptStarted(0, "a1", 1);
        job.attemptEnded(2, 3 * 1024 * 1024);
        assertEquals(
                "Job 12 ran out of memory; the job asked for nothing, so the cluster's default applied, used 3M on a1; ask"
                        + " for more with memory:",
                text(Outcome.of(Outcome.Kind.OUT_OF_MEMORY, "")));
    }

    @Test
    void warnsThat255MayBeApptainersOwn() {
        assertEquals("Job 12 failed with exit code 255", text(Outcome.ofExitCode(255)));
        job.planned(EngineFixture.planInImage());
        String inImage = text(Outcome.ofExitCode(255));
        assertTrue(inImage.contains("look for FATAL above") && inImage.contains("interpreter:"), inImage);
    }

    @Test
    void aJobThatCanNeverStartIsNotAdvisedToWaitLonger() {
        String wait = "allow more with maxPending:";
        assertTrue(text(Outcome.of(Outcome.Kind.WAITED_TOO_LONG, "Slurm: Resources"))
                .contains(wait));
        String never = text(Outcome.of(Outcome.Kind.WAITED_TOO_LONG, "Slurm: PartitionNodeLimit"));
        assertTrue(never.contains("ask for less") && !never.contains(wait), never);
    }

    @ParameterizedTest
    @CsvSource({
        "TIME_LIMIT,time:",
        "OUT_OF_MEMORY,memory:",
        "NODE_FAILURE,cluster",
        "PREEMPTED,cluster",
        "NOT_SUBMITTED,cluster",
        "LAUNCH_FAILURE,look above",
        "UNKNOWN,its files are in /s/c1/"
    })
    void theTextSaysWhatToDo(Outcome.Kind kind, String advice) {
        String text = text(Outcome.of(kind, "Slurm: X"));
        assertTrue(text.contains("(Slurm: X)"), text);
        assertTrue(text.contains(advice), text);
    }

    @ParameterizedTest
    @EnumSource(Outcome.Kind.class)
    void theTextIsOneSentenceForEveryKind(Outcome.Kind kind) {
        String text = text(Outcome.of(kind, ""));
        assertTrue(text.startsWith("Job 12 "), text);
        assertFalse(text.contains("null") || text.contains("-1") || text.contains("()"), text);
        assertEquals(1, text.lines().count());
    }

    @Test
    void aJobWithoutAnIdAndAJobThatHasNotEnded() {
        assertEquals("The job has not ended", OutcomeText.of(job));
        job.ended(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, "sbatch: no"), 0);
        assertEquals("The job was not accepted (sbatch: no)", OutcomeText.of(job));
    }

    @Test
    void anArrayThatTheClusterDoesNotTake() {
        String slurm = "sbatch: error: Batch job submission failed: Invalid job array specification";
        job.ended(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, slurm), 0);
        assertEquals(
                "The job was not accepted (" + slurm + "); the indexes of array: have to be less than the cluster's"
                        + " MaxArraySize (scontrol show config)",
                OutcomeText.of(job));
    }
}
