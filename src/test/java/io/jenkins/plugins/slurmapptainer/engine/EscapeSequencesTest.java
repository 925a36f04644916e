package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapeSequencesTest {
    private static int complete(String text) {
        byte[] bytes = text.replace('^', '\u001b').replace('!', '\u0007').getBytes(StandardCharsets.UTF_8);
        return EscapeSequences.complete(bytes, 0, bytes.length);
    }

    /** {@code ^} stands for ESC, {@code !} for BEL, {@code |} for where it is to be cut. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain|",
                "a^[31mred^[0m|",
                "a^[31mred|^[0",
                "a|^",
                "a|^[",
                "a|^[38;5;1",
                "a^M|",
                "a|^]8;;https://example.org",
                "a^]8;;https://example.org!b|",
                "a^]8;;https://example.org^\\b|",
                "a|^]8;;https://example.org^",
                "a|^[8mha:AAAA",
                "a|^[8mha:AAAA^[0",
                "a|^[8mh",
                "a^[8mha:AAAA^[0mb|",
                "a^[8mha:AAAA^[0m|^[8mha:BB",
                "a^[8mhidden|"
            })
    void incompleteSequencesAreCutOff(String text) {
        assertEquals(text.indexOf('|'), complete(text.replace("|", "")));
    }

    @Test
    void anEndlessSequenceIsNoSequence() {
        String text = "a^]" + "x".repeat(20_000);
        assertEquals(text.length(), complete(text));
    }
}
