package io.jenkins.plugins.slurmapptainer.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.ExtraOption;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.slurm.QueueScope;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Slurm is asked decides which wrong answers are possible at all. Faults 1, 2, 13, 14, 18, 21. */
class QuestionsToSlurmTest {
    private static final List<List<String>> ALL = List.of(
            SlurmCommands.sbatch("/s/batch.sh"),
            SlurmCommands.squeue(QueueScope.OWN),
            SlurmCommands.sacct(QueueScope.OWN, List.of("12")),
            SlurmCommands.scancel(new JobId("12", "")),
            SlurmCommands.scancelHard(new JobId("12", "")));

    @Test
    @DisplayName("1, 2, 18: the queue is asked without any filter that could hide one of our jobs")
    void noFilterHidesAJob() {
        List<String> argv = SlurmCommands.squeue(QueueScope.OWN);
        assertEquals(List.of("squeue", "--me", "--noheader", "--states=all", "--format"), argv.subList(0, 5));
        assertEquals(6, argv.size(), argv.toString());
    }

    @Test
    @DisplayName("14: no answer is requested in a form whose schema changes from release to release")
    void noAnswerIsRequestedAsJson() {
        ALL.forEach(argv -> assertTrue(
                argv.stream().noneMatch(word -> word.matches("--(json|yaml).*|-O.*|--Format.*")), argv.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--array=1-10", "--array=1-10%2", "-a 1-10"})
    @DisplayName("21: only the parameter makes an array, so that all its tasks are known")
    void arraysHaveOneParameter(String option) {
        Assertions.assertThrows(InvalidRequestException.class, () -> ExtraOption.check(option));
    }

    @Test
    @DisplayName("13: the site's configuration stays, settings that hide or cut rows are removed")
    void filtersOfTheAgentAreDropped() {
        Map<String, String> environment =
                new HashMap<>(Map.of("SLURM_CONF", "/c", "SLURM_BITSTR_LEN", "8", "SQUEUE_PARTITION", "other"));
        SlurmEnvironment.fix("squeue", environment);
        assertEquals("/c", environment.get("SLURM_CONF"));
        assertEquals("0", environment.get("SLURM_BITSTR_LEN"));
        assertFalse(environment.containsKey("SQUEUE_PARTITION"));
    }
}
