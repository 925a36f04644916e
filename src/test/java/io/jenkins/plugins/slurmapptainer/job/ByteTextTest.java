package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999960, 1.0 MB",
        "2000000000, 2.0 GB",
        "9223372036854775807, 9.2 EB"
    })
    void sizesAreReadable(long bytes, String text) {
        assertEquals(text, ByteText.of(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1K, 1K",
        "1536000, 1500K, 1M",
        "536870912, 512M, 512M",
        "1572864000, 1500M, 1.5G",
        "2147483648, 2G, 2G",
        "17072693248, 16672552K, 15.9G"
    })
    void limitsAreExactAndMeasurementsAreRounded(long bytes, String limit, String measured) {
        assertEquals(limit, ByteText.exactly(bytes));
        assertEquals(measured, ByteText.inUnitsOfOptions(bytes));
    }
}
