package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputOffsetTest {
    @TempDir
    private Path build;

    private Path file() {
        return build.resolve("slurm-x.offset");
    }

    private OutputOffset offset() {
        return new OutputOffset(file());
    }

    @Test
    void anotherProcessReadsTheOffset() {
        offset().write(12);
        assertEquals(12, offset().read(3));
        offset().write(7);
        assertEquals(7, offset().read(30), "the output began anew");
        offset().write(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, offset().read(0));
    }

    @Test
    void withoutAFileTheRecordCounts() throws IOException {
        assertEquals(5, offset().read(5));
        Files.writeString(file(), "");
        assertEquals(5, offset().read(5), "killed before the first number was written");
        Files.write(file(), new byte[20]);
        assertEquals(5, offset().read(5), "the machine crashed");
    }

    @Test
    void aLateWriteDoesNotRestoreTheFile() {
        OutputOffset offset = offset();
        offset.write(12);
        offset.delete();
        offset.write(13);
        assertFalse(Files.exists(file()));
    }

    @Test
    void everyNumberHasTheSameLength() throws IOException {
        offset().write(0);
        long size = Files.size(file());
        offset().write(Long.MAX_VALUE);
        assertEquals(size, Files.size(file()));
    }

    @Test
    void anInterruptedThreadCanWrite() {
        Thread.currentThread().interrupt();
        offset().write(12);
        assertTrue(Thread.interrupted());
        assertEquals(12, offset().read(0));
    }

    @Test
    void theFileIsDeletedWithTheJob() {
        offset().write(12);
        offset().delete();
        assertFalse(Files.exists(file()));
        offset().delete();
        assertEquals(5, offset().read(5));
    }

    @Test
    void aBuildThatWasDeletedDoesNotComeBack() throws IOException {
        Path gone = build.resolve("gone");
        OutputOffset offset = new OutputOffset(gone.resolve("slurm-x.offset"));
        offset.write(12);
        assertFalse(Files.exists(gone));
        assertEquals(5, offset.read(5));
    }
}
