package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`a`|`a\n`",
                "`a\n`|`a\n`",
                "`a\r\nb\r\n`|`a\nb\n`",
                "`a\r\nb`|`a\nb\n`",
                "`a\rb`|`a\rb\n`",
                "`a\n\n`|`a\n\n`",
                "`ü 😀`|`ü 😀\n`"
            })
    void linesEndAsSlurmNeedsThem(String written, String text) {
        assertEquals(text, ScriptText.of(written).text());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n\n", "\t\r\n"})
    void anEmptyScriptIsAnError(String written) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ScriptText.of(written));
        assertEquals("script", e.field());
        assertTrue(e.getMessage().contains("empty"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"`\0`|1", "`a\0`|1", "`a\nb\0`|2", "`a\n\0`|2", "`a\r\n\r\n\0b`|3"})
    void aNulCharacterIsAnErrorThatNamesItsLine(String written, int line) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ScriptText.of(written));
        assertEquals("script: there is a NUL character in line " + line + "; Slurm accepts text only", e.getMessage());
    }

    @Test
    void theBuildsInterpreterWinsOverTheScripts() {
        ScriptText script = ScriptText.of("#!/bin/sh\ntrue").runBy(List.of("/usr/bin/python3", "-u -E"));
        assertEquals(List.of("/usr/bin/python3", "-u -E"), script.interpreter(List.of("perl")));
        assertEquals(List.of("/bin/sh"), script.runBy(List.of()).interpreter(List.of("perl")));
    }

    @Test
    void theSizeIsCountedInBytesAndEndsBelowSlurmsLimit() {
        String longest = "x".repeat(ScriptText.MAX_BYTES - 1) + "\n";
        assertEquals(longest, ScriptText.of(longest).text());
        assertThrows(InvalidRequestException.class, () -> ScriptText.of(longest + "y"));
        String umlauts = "ü".repeat(ScriptText.MAX_BYTES / 2);
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ScriptText.of(umlauts));
        assertTrue(e.getMessage().contains((ScriptText.MAX_BYTES + 1) + " bytes"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "echo|bash",
                "`#!/bin/bash\n`|/bin/bash",
                "#!/usr/bin/env python3|/usr/bin/env,python3",
                "#!/bin/sh -e|/bin/sh,-e",
                "#! /bin/sh -e -u |/bin/sh,-e -u",
                "`#!\t/usr/bin/perl\t-w`|/usr/bin/perl,-w",
                "#!|bash",
                "`#!  \necho`|bash",
                "`#!/bin/sh\r\necho`|/bin/sh",
                "`# comment\n#!/bin/sh`|bash",
                "#!/usr/bin/env -S python3 -u|/usr/bin/env,-S python3 -u"
            })
    void theFirstLineChoosesTheInterpreterAsTheKernelReadsIt(String written, String expected) {
        assertEquals(List.of(expected.split(",")), ScriptText.of(written).interpreter(List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`\uFEFF#!/bin/sh -e\ntrue`|`#!/bin/sh -e\ntrue\n`",
                "`\uFEFF#!/bin/sh -e\r\ntrue`|`#!/bin/sh -e\ntrue\n`",
                "`\n#!/bin/sh -e\ntrue`|`#!/bin/sh -e\n\ntrue\n`",
                "`\r\n#!/bin/sh -e\r\ntrue\r\n`|`#!/bin/sh -e\n\ntrue\n`",
                "`\uFEFF\n\t\n#!/bin/sh -e\ntrue\n`|`#!/bin/sh -e\n\n\t\ntrue\n`",
                "`\n    #!/bin/sh -e\n    true\n`|`#!/bin/sh -e\n\n    true\n`",
                "` #!/bin/sh -e`|`#!/bin/sh -e\n`",
                "`#!/bin/sh -e\r`|`#!/bin/sh -e\n`"
            })
    void anInterpretersLineStandsFirstAndTheOthersKeepTheirNumbers(String written, String text) {
        ScriptText script = ScriptText.of(written);
        assertEquals(text, script.text());
        assertEquals(List.of("/bin/sh", "-e"), script.interpreter(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\necho\n", "\n# note\n#!/bin/sh\n", "echo\n#!/bin/sh\n", "  echo\n"})
    void withoutAnInterpretersLineAtTheTopNothingMoves(String script) {
        assertEquals(script, ScriptText.of(script).text());
        assertEquals(List.of("bash"), ScriptText.of(script).interpreter(List.of()));
    }

    @Test
    void aScriptOfOnlyAByteOrderMarkIsEmpty() {
        assertThrows(InvalidRequestException.class, () -> ScriptText.of("\uFEFF \n"));
    }

    @Test
    void anImageMayHaveAnInterpreterForScriptsThatNameNone() {
        List<String> python = List.of("/usr/bin/python3", "-u");
        assertEquals(python, ScriptText.of("print(1)").interpreter(python));
        assertEquals(python, ScriptText.of("#! \nprint(1)").interpreter(python));
        assertEquals(List.of("/bin/sh"), ScriptText.of("#!/bin/sh\nls").interpreter(python));
    }
}
