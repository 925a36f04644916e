package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A B", "A=B", "A\n", "ü", "A;id"})
    void aNameIsOneThatEveryShellAccepts(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Export(name, "x"));
    }

    @Test
    void aValueIsAnyTextWithoutNul() {
        assertEquals("a\n'\"$x", new Export("A_1", "a\n'\"$x").value());
        assertThrows(IllegalArgumentException.class, () -> new Export("A", "a\0"));
    }
}
