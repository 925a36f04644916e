package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {
    @Test
    void anEmptyListIsNoRestriction() {
        NamePatterns none = NamePatterns.of(" \n\n");
        assertTrue(none.isEmpty());
        assertTrue(none.allows("anything") && none.allowsFolder("") && none.allowsFolder("a/b"));
    }

    @Test
    void patternsAreReadOneALine() {
        assertEquals(List.of("a b", "c*"), NamePatterns.of("  a b \r\n\n c*").patterns());
    }

    @ParameterizedTest
    @CsvSource({
        "python_3.11, python_3.11, true",
        "python_3.11, python_3x11, false",
        "python_*, python_3.11, true",
        "python_*, xpython_3.11, false",
        "*, anything, true",
        "*_3.*, python_3.11, true",
        "*, a/b, false",
        "a\\Eb, a\\Eb, true"
    })
    void aStarStandsForCharactersWithinAName(String pattern, String name, boolean allowed) {
        assertEquals(allowed, NamePatterns.of(pattern).allows(name));
    }

    @ParameterizedTest
    @CsvSource({
        "teams/physics, teams/physics, true",
        "teams/physics, teams/physics/lab, true",
        "teams/physics, teams/physics2, false",
        "teams/physics, teams, false",
        "teams/*, teams, false",
        "teams/*, teams/any/below, true",
        "*, a/b, true",
        "*, '', false",
        "/, '', true",
        "/, a, false"
    })
    void aFolderIncludesEverythingBelowIt(String pattern, String folder, boolean allowed) {
        assertEquals(allowed, NamePatterns.of(pattern).allowsFolder(folder));
    }
}
