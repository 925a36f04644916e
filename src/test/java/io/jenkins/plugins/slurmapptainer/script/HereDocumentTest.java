package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HereDocumentTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`echo a\n`|END",
                "`END\n`|END_2",
                "`a\nEND\nEND_2\nEND_4\n`|END_3",
                "` END\nEND \nENDE\nx END\n`|END",
                "`END`|END_2",
                "`a\rEND\r\n`|END_2"
            })
    void theDelimiterIsNoLineOfTheText(String text, String delimiter) {
        assertEquals(delimiter, HereDocument.delimiter("END", text));
    }
}
