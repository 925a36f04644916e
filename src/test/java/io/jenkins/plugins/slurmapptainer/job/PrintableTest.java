package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void foreignTextFitsOneLine() {
        assertEquals("a b [31mred grün", Printable.of("  a\r\nb\u001b[31mred\0grün\n"));
    }

    @Test
    void endlessTextIsCut() {
        assertEquals("x".repeat(300) + "…", Printable.of("x".repeat(5000)));
        assertEquals("x".repeat(300), Printable.of("x".repeat(300)));
    }
}
