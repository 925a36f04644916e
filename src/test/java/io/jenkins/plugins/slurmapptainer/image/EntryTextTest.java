package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import io.jenkins.plugins.slurmapptainer.job.Interpreter;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTextTest {
    @Test
    void readsWhatPeopleWrite() {
        assertEquals(List.of("a", "b c"), EntryText.items(" a ,, b c\n"));
        assertEquals(
                List.of(new Bind("/data", "/data", false), new Bind("/a b", "/x", true), new Bind("/c", "/d", false)),
                EntryText.binds("/data\n/a b:/x:ro, /c:/d:rw"));
        assertEquals(Map.of("A", "b=c ", "E", ""), EntryText.environment("A=1\n\nE=\nA=b=c "));
        assertEquals(List.of("/usr/bin/env", "python3 -u"), Interpreter.parse(" /usr/bin/env python3 -u "));
        assertEquals(List.of(), Interpreter.parse(" "));
        assertEquals(Gpu.ROCM, EntryText.word("gpu", "rocm", Gpu.class));
        assertEquals(Gpu.NONE, EntryText.word("gpu", "", Gpu.class));
        assertEquals(List.of("/a", "/b"), EntryText.directories("/a/\n/b//"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "/a:b", "/a:/b:x", "/a:/b:ro:", "/a/../b", "/a:/b/..", "/a\tb", "docker://x"})
    void aBindHasAbsolutePaths(String bind) {
        assertEquals(
                "binds",
                assertThrows(InvalidRequestException.class, () -> EntryText.binds(bind))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "=x", "A B=x", "1A=x", "A-B=x", "A=\0", "A$(id)=x"})
    void aVariablesNameMustBeValidInEveryShell(String line) {
        assertThrows(InvalidRequestException.class, () -> EntryText.environment(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<b>", "-x", "a/b"})
    void anAliasIsAnId(String alias) {
        assertThrows(InvalidRequestException.class, () -> EntryText.aliases("fine, " + alias));
    }

    @Test
    void anErrorNamesTheAllowedWords() {
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> EntryText.word("state", "<old>", ImageState.class));
        assertEquals("state: '<old>' is none of current, deprecated, hidden", e.getMessage());
    }

    @Test
    void digestsAndFingerprintsAreReadAsToolsPrintThem() {
        String digest = "AB".repeat(32);
        assertEquals("ab".repeat(32), new Integrity("sha256:" + digest, "").sha256());
        assertEquals("AB12".repeat(10), new Integrity("", "0x" + "ab12 ".repeat(10)).signingKey());
        assertThrows(InvalidRequestException.class, () -> new Integrity("abc", ""));
        assertThrows(InvalidRequestException.class, () -> new Integrity("", "ABCD"));
        assertFalse(Integrity.UNCHECKED.isChecked());
        assertTrue(new Integrity(digest, "").isChecked());
    }

    @Test
    void aListedFolderAllowsItsJobsAndThoseBelow() {
        ImageNotes notes = new ImageNotes("", List.of(), ImageState.CURRENT, "", NamePatterns.of("team\nx/y"));
        assertTrue(notes.usableBy("team/nightly"));
        assertTrue(notes.usableBy("team/sub/nightly"));
        assertTrue(notes.usableBy("x/y/z"));
        assertFalse(notes.usableBy("team2/nightly"));
        assertFalse(notes.usableBy("x/nightly"));
        assertTrue(ImageNotes.NONE.usableBy("anything"));
    }
}
