package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputEncodingTest {
    @Test
    void everyCharacterSetOfJavaIsKnown() {
        assertEquals(StandardCharsets.UTF_8, OutputEncoding.parse(null));
        assertEquals(StandardCharsets.ISO_8859_1, OutputEncoding.parse("latin1"));
        assertEquals(StandardCharsets.UTF_8, OutputEncoding.orUsual("klingon"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            klingon | encoding: 'klingon': there is no character set of this name; write for example 'ISO-8859-1' or 'Shift_JIS'
            a b     | encoding: 'a b': there is no character set of this name; write for example 'ISO-8859-1' or 'Shift_JIS'
            UTF-16  | encoding: 'UTF-16': this character set encodes ASCII letters differently; let the program print in another one
            IBM037  | encoding: 'IBM037': this character set encodes ASCII letters differently; let the program print in another one
            """)
    void characterSetsWithoutLineEndsAreRefused(String name, String message) {
        assertEquals(
                message,
                assertThrows(InvalidRequestException.class, () -> OutputEncoding.parse(name))
                        .getMessage());
    }
}
