package io.jenkins.plugins.slurmapptainer.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.QueueScope;
import io.jenkins.plugins.slurmapptainer.slurm.SacctAnswer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The accounting is off, lags, or prints a state in one of its many forms. Faults 5, 6, 7, 8, 11. */
class AccountingAnswersTest {
    @ParameterizedTest
    @DisplayName("7, 8: a state is read in every form")
    @CsvSource(
            delimiter = ';',
            value = {
                "12|CANCELLED by 1234|0:15|n1|2026-11-23T05:00:00||sbatch batch.sh; CANCELLED; CANCELLED by 1234",
                "12|CANCELLED+|0:0|n1|2026-11-23T05:00:00||sbatch batch.sh; CANCELLED; CANCELLED+",
                "12|TIMEOUT|0:0|n[1-2]|2026-11-23T05:00:00||sbatch batch.sh; TIMEOUT; TIMEOUT",
                "12|OUT_OF_MEMORY|0:125|n1|2026-11-23T05:00:00||sbatch batch.sh; OUT_OF_MEMORY; OUT_OF_MEMORY",
                "12|FAILED|0:53|n1|2026-11-23T05:00:00||sbatch batch.sh; FAILED; FAILED",
                "12|COMPLETININVALID|0:0|n1|2026-11-23T05:00:00||sbatch batch.sh; UNKNOWN; COMPLETININVALID",
                "12|PENDING|0:0|None assigned|2026-11-23T05:00:00||sbatch batch.sh; PENDING; PENDING"
            })
    void everyFormOfARowIsRead(String row, JobState state, String printed) {
        List<AccountingEntry> entries = SacctAnswer.read(QueueScope.OWN, "Welcome\n" + row + "\n");
        assertEquals(1, entries.size());
        assertEquals(state, entries.get(0).state());
        assertEquals(printed, entries.get(0).printedState());
    }

    @Test
    @DisplayName("6: a job without a row is unknown, which is no error")
    void jobWithoutRowIsUnknown() {
        CommandResult empty = new CommandResult(0, "", "");
        assertTrue(SacctAnswer.failure(empty).isEmpty());
        assertEquals(List.of(), SacctAnswer.read(QueueScope.OWN, empty.stdout()));
    }

    @Test
    @DisplayName("11: the last row of a requeued job counts, whatever the order, and rows of steps do not")
    void theLastRowCounts() {
        List<AccountingEntry> entries = SacctAnswer.read(
                QueueScope.OWN,
                "12|COMPLETED|0:0|n2|2026-11-23T05:00:09||sbatch batch.sh\n"
                        + "12|PREEMPTED|0:0|n1|2026-11-23T05:00:00||sbatch batch.sh\n"
                        + "12.batch|FAILED|1:0|n1|2026-11-23T05:00:00||\n");
        assertEquals(2, entries.size());
        assertEquals(JobState.COMPLETED, entries.get(1).state());
    }

    @ParameterizedTest
    @DisplayName("4: a row may be about another job that has had the same id")
    @CsvSource(
            delimiter = ';',
            value = {
                "|; true",
                "jenkins:c1:00112233445566778899aabbccddeeff|; true",
                "jenkins:c1:ffffffffffffffffffffffffffffffff|; false",
                "reviewed|sbatch --parsable /shared/c1/00112233445566778899aabbccddeeff/batch.sh; true",
                "|sbatch --parsable /shared/c1/ffffffffffffffffffffffffffffffff/batch.sh; false",
                "|sbatch -J a|b job.sh; false"
            })
    void rowOfAnotherJobWithTheSameIdDoesNotCount(String origin, boolean own) {
        String row = "12|COMPLETED|0:0|n1|2026-11-23T05:00:00|" + origin + "\n";
        AccountingEntry entry = SacctAnswer.read(QueueScope.OWN, row).get(0);
        assertEquals(own, entry.isOf(new JobToken("00112233445566778899aabbccddeeff")));
    }

    @ParameterizedTest
    @DisplayName("5: accounting that is off or down has not answered")
    @CsvSource(
            delimiter = ';',
            value = {
                "1; Slurm accounting storage is disabled",
                "1; sacct: error: slurm_persist_conn_open_without_init: failed to open persistent connection to host",
                "0; sacct: error: Sending PersistInit msg: Connection refused",
                "-1; "
            })
    void accountingThatIsOffOrDownHasNotAnswered(int exitCode, String stderr) {
        String words = SacctAnswer.failure(new CommandResult(exitCode, "", stderr == null ? "" : stderr))
                .orElseThrow();
        assertFalse(words.isEmpty());
    }
}
