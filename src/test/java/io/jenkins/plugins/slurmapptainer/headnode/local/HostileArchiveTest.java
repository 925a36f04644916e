package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.tools.tar.TarEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives that are more than was announced. */
@Timeout(120)
class HostileArchiveTest {
    private static final int BLOCK = 512;
    private static final long FOUR_GIGABYTES = 4L << 30;

    @TempDir
    private Path folder;

    private long read;

    private static byte[] header(String name, byte type, long size) {
        TarEntry entry = new TarEntry(name, type);
        entry.setSize(size);
        byte[] header = new byte[BLOCK];
        entry.writeEntryHeader(header);
        header[156] = type;
        long sum = 0;
        Arrays.fill(header, 148, 156, (byte) ' ');
        for (byte b : header) {
            sum += b & 0xff;
        }
        byte[] text = String.format("%06o", sum).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, 148, 6);
        header[154] = 0;
        return header;
    }

    /** As many of one letter as anybody wants. */
    private InputStream endless(byte[] first) {
        return new SequenceInputStream(new ByteArrayInputStream(first), new InputStream() {
            @Override
            public int read() {
                read++;
                return 'x';
            }

            @Override
            public int read(byte[] piece, int from, int length) {
                Arrays.fill(piece, from, from + length, (byte) 'x');
                read += length;
                return length;
            }
        });
    }

    private String refused(InputStream archive, int files, long bytes) throws Exception {
        Path target = folder.resolve("target");
        String message = assertThrows(
                        IOException.class,
                        () -> FileArchive.read(new ReceiveRequest(target.toString(), true, files, bytes), archive))
                .getMessage();
        assertFalse(Files.exists(target));
        return message;
    }

    /** L: a long name; K: a long name of a link; x, g: headers with names of any length; S: a map of holes. */
    @ParameterizedTest
    @CsvSource({"L", "K", "x", "g", "S", "X"})
    void overlongHeadersAreNotRead(char type) throws Exception {
        String message = refused(endless(header("name", (byte) type, FOUR_GIGABYTES)), 1, 10);
        assertTrue(read < 1 << 20, "read " + read);
        assertTrue(message.matches("(?s)(a file has a name of more than|the archive (contains|has) ).*"), message);
    }

    @Test
    void namesOfNamesOfNamesAreRefused() throws Exception {
        ByteArrayOutputStream chain = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            chain.writeBytes(header("name", (byte) 'L', 0));
        }
        String message = refused(new ByteArrayInputStream(chain.toByteArray()), 1, 10);
        assertTrue(message.contains("or two names"), message);
    }

    @Test
    void moreBytesThanAnnouncedAreStoppedEarly() throws Exception {
        String message = refused(endless(header("name", (byte) '0', FOUR_GIGABYTES)), 1, 10);
        assertTrue(read < 1 << 20, "read " + read);
        assertTrue(message.startsWith("the archive has more than was announced"), message);
    }

    @Test
    void moreFilesThanAnnouncedAreStoppedEarly() throws Exception {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            many.writeBytes(header("n" + i, (byte) '0', 0));
        }
        String message = refused(new ByteArrayInputStream(many.toByteArray()), 2, 10);
        assertTrue(message.startsWith("the archive has more than was announced"), message);
    }

    /** Whatever comes is an answer or an error that names a reason, in bounded time and room. */
    @Test
    void randomChangesOfAnArchiveAreHarmless() throws Exception {
        Random random = new Random(14);
        byte[] good = new byte[8 * BLOCK];
        byte[][] parts = {
            header("a", (byte) '0', 3),
            header("x", (byte) 'L', 9),
            header("b", (byte) '0', 600),
            header("end/", (byte) '5', 0)
        };
        System.arraycopy(parts[0], 0, good, 0, BLOCK);
        System.arraycopy(parts[2], 0, good, 2 * BLOCK, BLOCK);
        System.arraycopy(parts[3], 0, good, 5 * BLOCK, BLOCK);
        int answers = 0;
        for (int i = 0; i < 300; i++) {
            byte[] archive = good.clone();
            for (int j = random.nextInt(4); j > 0; j--) {
                int header = new int[] {0, 2, 5}[random.nextInt(3)] * BLOCK;
                archive[header + (random.nextBoolean() ? 124 + random.nextInt(40) : random.nextInt(BLOCK))] =
                        (byte) random.nextInt(256);
            }
            try {
                FileArchive.read(
                        new ReceiveRequest(folder.resolve("t").toString(), true, 2, 603),
                        new ByteArrayInputStream(archive));
                answers++;
            } catch (IOException e) {
                assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
        }
        assertTrue(answers > 30, "only " + answers);
        assertEquals(0, read);
    }
}
