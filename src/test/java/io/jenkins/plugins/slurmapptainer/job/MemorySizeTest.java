package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySizeTest {
    @ParameterizedTest
    @CsvSource({"1, 1024", "7K, 7", "7kb, 7", "500M, 512000", "500MB, 512000", "2G, 2097152", "2t, 2147483648"})
    void readsEveryUnit(String text, long kilobytes) {
        assertEquals(Optional.of(kilobytes), MemorySize.kilobytes(Directive.MEMORY.check(text)));
    }

    @Test
    void theLargestOneIsStillANumber() {
        assertEquals(Optional.of(999_999_999L << 30), MemorySize.kilobytes(Directive.MEMORY.check("999999999T")));
    }

    @Test
    void zeroMeansAllMemory() {
        assertEquals(Optional.empty(), MemorySize.kilobytes("0"));
        assertEquals(Optional.empty(), MemorySize.kilobytes("0G"));
    }
}
