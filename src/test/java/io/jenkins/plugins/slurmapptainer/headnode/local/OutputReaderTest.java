package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputReaderTest {
    private static final String TEXT = "aé€😀日本\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("output.log");
    }

    private OutputReader.Piece read(long offset, int limit, boolean whole) throws Exception {
        try (GrowingLog log = new GrowingLog(new JobStore(file.getParent().toString()), file)) {
            return log.read(offset, limit, whole, false);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void aFileThatIsNotThereYetIsEmpty() throws Exception {
        OutputReader.Piece piece = read(5, 100, false);
        assertEquals(0, piece.bytes().length);
        assertEquals(5, piece.from());
    }

    @Test
    void readsOnFromAnOffset() throws Exception {
        Files.writeString(file, "one\ntwo\n");
        assertEquals("two\n", new String(read(4, 100, false).bytes(), StandardCharsets.UTF_8));
        assertEquals(0, read(8, 100, false).bytes().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 16, 100})
    void noPieceSplitsACharacter(int limit) throws Exception {
        byte[] all = TEXT.repeat(30).getBytes(StandardCharsets.UTF_8);
        Files.write(file, all);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (read.size() < all.length) {
            byte[] piece = read(read.size(), limit, true).bytes();
            assertTrue(piece.length > 0 && piece.length <= limit, "length " + piece.length);
            assertTrue(isUtf8(piece), "a character is split");
            read.write(piece);
        }
        assertArrayEquals(all, read.toByteArray());
    }

    @Test
    void aPieceThatIsNotTheLastEndsWithALine() throws Exception {
        Files.writeString(file, "one\ntwo\nthree");
        assertEquals("one\n", new String(read(0, 6, false).bytes(), StandardCharsets.UTF_8));
        assertEquals("two\n", new String(read(4, 6, true).bytes(), StandardCharsets.UTF_8));
        assertEquals(
                "thre", new String(read(8, 4, false).bytes(), StandardCharsets.UTF_8), "a line longer than a piece");
        assertEquals("three", new String(read(8, 5, false).bytes(), StandardCharsets.UTF_8));
    }

    /** The writer flushes wherever it likes, even when only a part of the first character is there. */
    @Test
    void aCharacterThatIsOnlyHalfWrittenIsAwaited() throws Exception {
        byte[] all = TEXT.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int written = 1; written <= all.length; written++) {
            Files.write(file, Arrays.copyOf(all, written));
            byte[] piece = read(read.size(), 100, false).bytes();
            assertTrue(isUtf8(piece), "a character is split after " + written + " bytes");
            read.write(piece);
        }
        assertArrayEquals(all, read.toByteArray());
    }

    @Test
    void theIncompleteEndOfAnEndedJobIsTaken() throws Exception {
        Files.write(file, new byte[] {'a', (byte) 0xe2, (byte) 0x82});
        assertEquals(1, read(0, 100, false).bytes().length);
        assertEquals(3, read(0, 100, true).bytes().length);
    }

    @Test
    void binaryNoiseArrivesCompletely() throws Exception {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Files.write(file, noise);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int i = 0; i < 2_000 && read.size() < noise.length; i++) {
            read.write(read(read.size(), 1_000, true).bytes());
        }
        assertArrayEquals(noise, read.toByteArray());
    }

    @Test
    void continuationBytesAloneDoNotBlock() throws Exception {
        byte[] odd = new byte[20];
        Arrays.fill(odd, (byte) 0x80);
        Files.write(file, odd);
        assertEquals(20, read(0, 100, false).bytes().length);
        Arrays.fill(odd, (byte) 0xff);
        Files.write(file, odd);
        assertEquals(20, read(0, 100, false).bytes().length);
    }

    @Test
    void aFileThatBecameShorterIsReadFromItsBeginning() throws Exception {
        Files.writeString(file, "new\n");
        OutputReader.Piece piece = read(100, 100, false);
        assertEquals(0, piece.from());
        assertEquals("new\n", new String(piece.bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void theSizeOfAPieceIsLimited() throws Exception {
        Files.write(file, new byte[50_000]);
        assertEquals(4_096, read(0, 4_096, true).bytes().length);
        assertEquals(50_000 - 49_000, read(49_000, 4_096, true).bytes().length);
    }
}
