package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeLinesTest {
    private final WholeLines lines = new WholeLines();

    private String add(String piece) {
        byte[] shown = lines.add(piece.replace('|', '\n').getBytes(StandardCharsets.UTF_8));
        return new String(shown, StandardCharsets.UTF_8).replace('\n', '|');
    }

    @ParameterizedTest
    @CsvSource({
        "a|, a|, 0, '', ''",
        "a|b, a|, 1, '', ''",
        "ab, '', 2, c|, abc|",
        "a|b|cd, a|b|, 2, e|f, cde|",
        "|, |, 0, |, |",
        "'', '', 0, a, ''"
    })
    void onlyWholeLinesAreShown(String first, String shown, int held, String second, String thenShown) {
        assertEquals(shown, add(first));
        assertEquals(held, lines.held());
        assertEquals(thenShown, add(second));
    }

    @Test
    void nothingIsLostWhereverTheOutputIsCut() {
        String text = "one|two||three|four";
        for (int cut = 0; cut <= text.length(); cut++) {
            String shown = add(text.substring(0, cut)) + add(text.substring(cut));
            assertEquals("one|two||three|", shown, "cut at " + cut);
            assertEquals(4, lines.held());
            assertEquals("four", new String(lines.rest(), StandardCharsets.UTF_8));
            assertEquals(0, lines.held());
        }
    }

    @Test
    void aVeryLongLineIsShownInParts() {
        String half = "x".repeat(WholeLines.MAX_BYTES / 2);
        assertEquals("", add(half));
        assertEquals("", add(half));
        assertEquals(WholeLines.MAX_BYTES, lines.held());
        assertEquals(half + half + "y", add("y"));
        assertEquals(0, lines.held());
        assertEquals("end|", add("end|"));
    }

    @Test
    void theLinesBeforeAVeryLongOneAreShownWithIt() {
        String longLine = "x".repeat(WholeLines.MAX_BYTES + 1);
        assertEquals("", add("a"));
        assertEquals("ab|" + longLine, add("b|" + longLine));
    }
}
