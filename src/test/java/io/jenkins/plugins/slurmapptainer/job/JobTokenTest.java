package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobTokenTest {
    @Test
    void tokensAreUnique() {
        Set<JobToken> tokens = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            tokens.add(JobToken.random());
        }
        assertEquals(1000, tokens.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "0123456789ABCDEF0123456789abcdef",
                "0123456789abcdef0123456789abcde",
                "/23456789abcdef0123456789abcdef0"
            })
    void aTokenIsExactly32Digits(String text) {
        assertThrows(IllegalArgumentException.class, () -> new JobToken(text));
    }
}
