package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.slurm.SlurmErrors.Meaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmErrorsTest {
    @ParameterizedTest
    @CsvFileSource(resources = "sbatch-errors.csv", delimiter = '|')
    void aFailedSubmissionIsJudgedBySlurmsWords(Meaning meaning, String text) {
        assertEquals(meaning, SlurmErrors.ofSubmit(new CommandResult(1, "", "sbatch: error: " + text + "\n")));
    }

    @Test
    void noAnswerInTimeMeansThatNobodyKnows() {
        String words = "sbatch: error: Batch job submission failed: Invalid partition name specified";
        assertEquals(Meaning.AMBIGUOUS, SlurmErrors.ofSubmit(new CommandResult(CommandResult.TIMED_OUT, "", words)));
    }

    @Test
    void oneLostAnswerAmongOtherWordsMakesItAmbiguous() {
        String words =
                "sbatch: error: Unable to contact slurm controller\nsbatch: error: Socket timed out on send/recv operation";
        assertEquals(Meaning.AMBIGUOUS, SlurmErrors.ofSubmit(new CommandResult(1, "", words)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scancel: error: Kill job error on job id 12: Invalid job id specified|true",
                "scancel: error: Kill job error on job id 12: Job/step already completing or completed|true",
                "scancel: error: Unable to contact slurm controller (connect failure)|false",
                "scancel: error: Kill job error on job id 12: Access/permission denied|false",
                "|false"
            })
    void cancellingAGoneJobIsNoFailure(String stderr, boolean gone) {
        assertEquals(gone, SlurmErrors.isUnknownJob(new CommandResult(1, "", stderr == null ? "" : stderr)));
    }
}
