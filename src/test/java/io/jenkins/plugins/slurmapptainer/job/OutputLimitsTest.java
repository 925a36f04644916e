package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputLimitsTest {
    @ParameterizedTest
    @CsvSource({"1K, 1024", "10m, 10485760", "1GB, 1073741824", "2T, 2199023255552"})
    void sizesAreInUnitsOf1024(String size, long bytes) {
        assertEquals(bytes, new OutputLimits(size, null).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0G", "much", "-1G", "1.5G", "G"})
    void aSizeNeedsANumberAndAUnit(String size) {
        String said = assertThrows(InvalidRequestException.class, () -> new OutputLimits(size, null))
                .getMessage();
        assertTrue(said.startsWith("outputsSize: '" + size + "' is not a size with a unit"), said);
    }

    @Test
    void emptyMeansNoLimit() {
        assertEquals(0, OutputLimits.NONE.bytes());
        assertThrows(InvalidRequestException.class, () -> new OutputLimits(null, 0));
    }
}
