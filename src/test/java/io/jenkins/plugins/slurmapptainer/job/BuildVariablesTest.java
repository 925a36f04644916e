package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildVariablesTest {
    @Test
    void listedVariablesOfTheBuildComeInTheOrderOfTheList() {
        BuildVariables usual = BuildVariables.of("buildVariables", BuildVariables.USUAL);
        Map<String, String> build = Map.of("CI", "true", "BUILD_NUMBER", "7", "OTHER", "x", "GIT_COMMIT", "");
        Map<String, String> open = usual.of(build, List.of());
        assertEquals("{BUILD_NUMBER=7, GIT_COMMIT=, CI=true}", open.toString());
    }

    @Test
    void takenNamesAndImpossibleValuesAreLeftOut() {
        BuildVariables three = BuildVariables.of("buildVariables", "A\nB, C");
        assertEquals(Map.of("C", "3"), three.of(Map.of("A", "1", "B", "2\0", "C", "3"), List.of("A")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HOME",
                "PATH",
                "SLURM_JOB_ID",
                "APPTAINERENV_X",
                "FILE_A",
                "FILES_DIR",
                "BASH_ENV",
                "job_id",
                "A=1",
                "$X",
                "A B"
            })
    void reservedNamesAreRefused(String name) {
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> BuildVariables.of("buildVariables", "CI, " + name));
        assertTrue(e.getMessage().startsWith("buildVariables: "), e.getMessage());
    }

    @Test
    void theStepsOwnVariablesWin() {
        JobEnvironment asked = JobEnvironment.of(Map.of("CI", "mine"));
        JobEnvironment all = asked.withOpen(Map.of("CI", "true", "BUILD_NUMBER", "7"));
        assertEquals(Map.of("BUILD_NUMBER", "7"), all.open());
        assertEquals(Map.of("CI", "mine"), all.values());
        assertEquals(List.of("CI"), all.names());
    }
}
