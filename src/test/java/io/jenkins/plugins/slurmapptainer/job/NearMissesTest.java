package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissesTest {
    private static final List<String> NAMES =
            List.of("python_3.11", "python_3.12", "pytorch_2.3", "7zip_23", "4dvar", "R_4.4", "ubuntu");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "python_3.1|'python_3.11', 'python_3.12'",
                "Python-3.12|'python_3.12', 'python_3.11'",
                "python|'python_3.11', 'python_3.12'",
                "pytoch_2.3|'pytorch_2.3'",
                "UBUNTU|'ubuntu'",
                "centos_7|",
                "9front_1.0|"
            })
    void theNearestNameComesFirst(String wanted, String expected) {
        assertEquals(expected == null ? "" : expected, String.join(", ", NearMisses.of(NAMES, wanted)));
    }

    @Test
    void atMostThreeNamesAreSuggestedAndEachOnce() {
        assertEquals(List.of("'a1'", "'a2'", "'a3'"), NearMisses.of(List.of("a4", "a3", "a2", "a1", "a1"), "a"));
    }
}
