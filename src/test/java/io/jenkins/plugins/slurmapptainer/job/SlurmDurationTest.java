package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmDurationTest {
    @ParameterizedTest
    @CsvSource({
        "90, PT90M",
        "00:05:30, PT5M30S",
        "01:30:00, PT1H30M",
        "100:00:00, PT100H",
        "2-0, PT48H",
        "1-12, PT36H",
        "1-12:30, PT36H30M",
        "1-12:30:15, PT36H30M15S",
        "0:00:01, PT1S"
    })
    void readsSlurmsForms(String text, Duration expected) {
        assertEquals(expected, SlurmDuration.parse("maxPending", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "2h", "-5", "1:60:00", "UNLIMITED", "1-", "1:2:3:4", "00:00:00", "1:30"})
    void otherFormsAreRefused(String text) {
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> SlurmDuration.parse("maxPending", text));
        assertTrue(e.getMessage().contains("maxPending"), e.getMessage());
    }
}
