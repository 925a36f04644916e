package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In all texts here, {@code |} stands for the end of a line and {@code <} for the return to its beginning. */
class LiveLinesTest {
    private long now = 1_000;
    private boolean unended = true;
    private long read;

    private LiveLines lines = lines(0);

    private LiveLines lines(long patience) {
        return new LiveLines(() -> unended, patience);
    }

    private String text(LiveLines.Shown shown) {
        read += shown.read();
        return new String(shown.bytes(), StandardCharsets.UTF_8)
                .replace('\n', '|')
                .replace('\r', '<');
    }

    private String add(String piece) {
        return text(lines.add(piece.replace('|', '\n').replace('<', '\r').getBytes(StandardCharsets.UTF_8), now));
    }

    private String after(long millis) {
        now += millis;
        return text(lines.due(now));
    }

    private String rest() {
        return text(lines.rest(now));
    }

    @Test
    void anIncompleteLineIsShownAtOnce() {
        assertEquals("a|b", add("a|b"));
        assertEquals(".", add("."));
        assertEquals("c|", add("c|"));
        assertEquals(0, lines.held());
        assertEquals(Long.MAX_VALUE, lines.pause(now));
        assertEquals("", rest());
    }

    @Test
    void nothingIsLostWhereverTheOutputIsCut() {
        String text = "one|two||three|four";
        for (int cut = 0; cut <= text.length(); cut++) {
            lines = lines(0);
            read = 0;
            assertEquals(text, add(text.substring(0, cut)) + add(text.substring(cut)) + rest(), "cut at " + cut);
            assertEquals(text.length(), read);
        }
    }

    @Test
    void everyCutLeadsToTheSameLastState() {
        String text = "a|10%<20%<30% done|b<";
        for (int cut = 0; cut <= text.length(); cut++) {
            lines = lines(0);
            read = 0;
            String shown = add(text.substring(0, cut)) + add(text.substring(cut)) + rest();
            assertTrue(shown.endsWith("30% done|b<") && shown.startsWith("a|"), "cut at " + cut + ": " + shown);
            assertEquals(text.length(), read, "cut at " + cut);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10%<20%<30%|, 30%|",
        "<10%<20%<30%|, 30%|",
        "a|10%<20%|b|, a|20%|b|",
        "a<|b<<|, a<|b<<|",
        "10%<20%<|, 20%<|",
        "<|, <|",
        "|||, |||"
    })
    void theLastStateOfACompleteLineIsShown(String printed, String shown) {
        assertEquals(shown, add(printed));
        assertEquals(printed.length(), read);
    }

    @Test
    void statesOfALineAreShownNowAndThenAndTheLastOneInAnyCase() {
        assertEquals("0%", add("<0%"));
        assertEquals("", add("<1%"));
        assertEquals(1_500, lines.pause(now));
        now += 1_000;
        assertEquals("", add("<2%"));
        assertEquals("<2%", after(500));
        assertEquals(Long.MAX_VALUE, lines.pause(now));
        assertEquals(" of 9 MB", add(" of 9 MB"), "the state goes on");
        assertEquals("", add("<3%<4"));
        assertEquals("<4%|next|", add("%|next|"));
        assertEquals("0%", add("0%"), "another line");
    }

    @Test
    void statesMayEndOrBeginWithAReturn() {
        assertEquals("0%", add("0%<"));
        now += 100;
        assertEquals("", add("1%<"));
        assertEquals("<1%", after(1_400));
        now += 100;
        assertEquals("", add("2%<"));
        assertEquals("<2%<|", add("|"));
    }

    @Test
    void aFloodOfStatesIsBoundedAndNeedsNoMemory() {
        int shown = 0;
        long printed = 0;
        for (int i = 0; i < 100_000; i++) {
            String state = "<" + i + " of 100000 " + "#".repeat(100);
            printed += state.length();
            shown += add(state).length();
            assertTrue(lines.held() < 1_000);
            now += 1;
        }
        assertTrue(shown < 70 * 130, shown + " bytes in 100 s");
        assertTrue(rest().contains("99999 of"));
        assertEquals(printed, read);
    }

    @Test
    void theHeldStateBeginsWhereTheNextProcessReads() {
        add("0%<1%");
        add("<2%<3%");
        assertEquals("0%<1%<2%".length(), read);
        assertEquals(3, lines.held());
    }

    @Test
    void anEscapeSequenceIsNotCut() {
        assertEquals("a", add("a\u001b[3"));
        assertEquals(Long.MAX_VALUE, lines.pause(now));
        assertEquals("\u001b[31mb", add("1mb"));
        assertEquals("", add("\u001b["));
        assertEquals("\u001b[", rest(), "no more will come");
    }

    @Test
    void anIncompleteLineMayWaitAWhileForItsEnd() {
        lines = lines(1_000);
        assertEquals("a|", add("a|b"));
        assertEquals(1_000, lines.pause(now));
        now += 600;
        assertEquals("", add("c"));
        assertEquals(400, lines.pause(now));
        assertEquals("bc", after(400));
        assertEquals("", add("d"));
        assertEquals("de|", add("e|"));
        for (int i = 0; i < 9; i++) {
            assertEquals("", add(i + "%<"));
            now += 100;
        }
        assertEquals("8%", after(100), "states do not put it off");
    }

    @Test
    void ifTheConsoleHoldsLinesBackOnlyWholeLinesAreShown() {
        unended = false;
        assertEquals("a|", add("a|sec"));
        assertEquals("", after(60_000));
        assertEquals(3, lines.held());
        assertEquals(2, read);
        assertEquals("secret|", add("ret|"));
        assertEquals("", add("last"));
        assertEquals("last", rest());
    }

    @Test
    void ifTheConsoleHoldsLinesBackAPastStateBecomesALine() {
        unended = false;
        assertEquals("", add("0%<"), "it may be the line's end");
        assertEquals("0%|", add("1"));
        assertEquals("", add("%<2%<3%<4"));
        assertEquals("3%|", after(1_500));
        assertEquals("4% done|", add("% done|"));
        assertEquals("x<|y|", add("x<") + add("|y|"));
    }

    @Test
    void aVeryLongLineIsShownInParts() {
        unended = false;
        String half = "x".repeat(LiveLines.MAX_BYTES / 2);
        assertEquals("", add("a|" + half).replace("a|", ""));
        assertEquals("", add(half));
        assertEquals(LiveLines.MAX_BYTES, lines.held());
        assertEquals(half + half + "y", add("y"));
        assertEquals(0, lines.held());
        assertEquals("end|", add("end|"));
    }
}
