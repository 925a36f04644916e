package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.EndedJobs;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyCheckTest {
    private static final List<JobRecord> JOBS = List.of(
            EndedJobs.of("main", "12", Outcome.ofExitCode(0)),
            EndedJobs.of("main", "13", Outcome.ofExitCode(7)),
            EndedJobs.of("other", "14", Outcome.ofExitCode(0)),
            EndedJobs.of("main", "15", Outcome.ofExitCode(7)),
            EndedJobs.of("main", "15", Outcome.ofExitCode(0)),
            EndedJobs.of("main", "16;federated", new Outcome(Outcome.Kind.OUTPUT_MISSING, 0, 0, "outputs: none")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "afterok:12",
                "afternotok:13",
                "afterany:12:13",
                "afterok:99",
                "afterok:15",
                "afterok:16",
                "afterok:13?afterok:12",
                "singleton",
                "after:13+5",
                "aftercorr:12"
            })
    void conditionsThatMayBeSatisfiedAreLeftToSlurm(String dependency) {
        DependencyCheck.check(dependency, "main", JOBS);
    }

    @Test
    void anEmptyDependencyIsNone() {
        DependencyCheck.check(null, "main", JOBS);
    }

    private static String refusal(String dependency) {
        return assertThrows(InvalidRequestException.class, () -> DependencyCheck.check(dependency, "main", JOBS))
                .getMessage();
    }

    @Test
    void conditionsThatCanNeverBeSatisfiedAreRefused() {
        assertEquals(
                "dependency: 'afterok:13' can never be satisfied: Job 13 failed with exit code 7",
                refusal("afterok:12:13"));
        assertEquals(
                "dependency: 'afternotok:12' can never be satisfied: Job 12 completed",
                refusal("afterany:13,afternotok:12"));
        assertEquals(
                "dependency: 'afternotok:12' can never be satisfied: Job 12 completed",
                refusal("afternotok:12?afterok:13"));
        assertTrue(
                refusal("afternotok:16_3").startsWith("dependency: 'afternotok:16' can never be satisfied: Job 16"),
                refusal("afternotok:16_3"));
    }

    @Test
    void aTaskOfAnArrayIsItsOwnCondition() {
        List<JobRecord> array = List.of(EndedJobs.array("20", java.util.Map.of(0, 0, 4, 3)));
        DependencyCheck.check("afterok:20_0", "main", array);
        DependencyCheck.check("afternotok:20_4", "main", array);
        DependencyCheck.check("aftercorr:20", "main", array);
        for (String never : List.of("afterok:20_4", "afternotok:20_0", "afterok:20", "afterok:20_*")) {
            assertThrows(InvalidRequestException.class, () -> DependencyCheck.check(never, "main", array), never);
        }
        assertEquals(
                "dependency: 'afterok:20_4' can never be satisfied: Job 20_4 failed with exit code 3 on n4",
                assertThrows(InvalidRequestException.class, () -> DependencyCheck.check("afterok:20_4", "main", array))
                        .getMessage());
    }

    @Test
    void aJobOfAnotherClusterIsRefused() {
        assertEquals(
                "dependency: job 14 is one of cluster other, and this job goes to cluster main; Slurm knows the jobs of"
                        + " one cluster only",
                refusal("afterany:14"));
    }
}
