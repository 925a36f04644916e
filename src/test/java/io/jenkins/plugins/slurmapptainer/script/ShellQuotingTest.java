package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellQuotingTest {
    private static final String[] PIECES = {
        "'", "\"", "\\", "\n", "\r", "\t", " ", "$", "$x", "${HOME}", "`id`", "$(id)", "!", "!!", "*", "?", "[a]",
        "{a,b}", "~", "#", ";", "&", "|", "<", ">", "(", ")", "%j", "=", "-", "-n", "é", "日本", "😀", "\u0001", "\u007f",
        "\u0085", "a", "EOF", "''", "\\n"
    };

    /** Any text, as hostile as possible, the same in every run. */
    private static List<String> texts(int number) {
        Random random = new Random(20261122);
        List<String> texts = new ArrayList<>(List.of("", PIECES[0]));
        for (String piece : PIECES) {
            texts.add(piece);
        }
        while (texts.size() < number) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "sh"})
    void everyShellReadsAWordBackExactly(String shell) throws Exception {
        List<String> texts = texts(600);
        StringBuilder command = new StringBuilder("printf '%s\\037'");
        texts.forEach(text -> command.append(' ').append(ShellQuoting.word(text)));
        Shell.Result result = Shell.run(shell, "-c", command.toString());
        assertEquals(String.join("\u001f", texts) + "\u001f", result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "sh"})
    void anAssignmentReadsAWordBackExactly(String shell) throws Exception {
        List<String> texts = texts(300);
        StringBuilder command = new StringBuilder();
        texts.forEach(
                text -> command.append("x=").append(ShellQuoting.word(text)).append("; printf '%s\\037' \"$x\"\n"));
        assertEquals(
                String.join("\u001f", texts) + "\u001f",
                Shell.run(shell, "-c", command.toString()).output());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "python_3.11|python_3.11",
                "/a/b-c=d,e:f@g%h+i|/a/b-c=d,e:f@g%h+i",
                "``|''",
                "a b|'a b'",
                "it's|'it'\\''s'"
            })
    void plainWordsStayReadable(String text, String word) {
        assertEquals(word, ShellQuoting.word(text));
    }

    @Test
    void noProgramCanTakeANul() {
        assertThrows(IllegalArgumentException.class, () -> ShellQuoting.word("a\0b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/a/%%j|/a/%%j",
                "/a b|\"/a b\"",
                "/a\"b|\"/a\\\"b\"",
                "/a\\b|\"/a\\\\b\"",
                "/a'b|\"/a'b\"",
                "/a#b|\"/a#b\"",
                "ü|\"ü\"",
                "$x|\"$x\"",
                "``|\"\""
            })
    void aDirectiveIsQuotedAsSlurmReadsIt(String value, String quoted) {
        assertEquals(quoted, ShellQuoting.directiveValue(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r", "\0", "\t", "\u007f"})
    void nothingLeavesTheLineOfADirective(String value) {
        assertThrows(IllegalArgumentException.class, () -> ShellQuoting.directiveValue(value));
    }
}
