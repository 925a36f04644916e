package io.jenkins.plugins.slurmapptainer.image.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsValues() {
        assertEquals(
                Map.of("a", List.of("1", "-2.5e+3", true, false), "b", Map.of(), "", List.of()),
                Json.parse(" { \"a\" : [1, -2.5e+3,true , false], \"b\":{ }, \"\":[\n] } "));
        assertNull(Json.parse("null"));
        assertEquals(
                "ü\n\t\"\\/\b\f\r \u00e9\ud83d\ude00",
                Json.parse("\"ü\\n\\t\\\"\\\\\\/\\b\\f\\r \\u00e9\\ud83d\\ude00\""));
        assertEquals("[1,2]", Json.parse("\"[1,2]\""), "text that looks like JSON stays text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "\"\\",
                "\"\\u12",
                "\"\\uzzzz\"",
                "\"\\x\"",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "[1,]",
                "[1 2]",
                "tru",
                "nul",
                "01x",
                "1 2",
                "{\"a\":1,}",
                "--1",
                "]"
            })
    void refusesOtherTexts(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
    }

    @Test
    void endlessNestingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.parse("[".repeat(100_000)));
    }
}
