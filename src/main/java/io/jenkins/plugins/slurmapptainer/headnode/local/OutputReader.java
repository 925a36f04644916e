package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a growing file piece by piece. If that can be helped, none splits a UTF-8 character, and none but the last a line: what has no
 * end looks like all that a program has printed so far.
 */
final class OutputReader {
    private static final byte[] NOTHING = {};

    private OutputReader() {}

    /**
     * @param bytes what was read
     * @param from offset of the first byte
     */
    record Piece(byte[] bytes, long from) {
        static Piece none(long from) {
            return new Piece(NOTHING, from);
        }
    }

    /**
     * Reads on.
     *
     * @param offset where to begin; a file that has become shorter is read from its beginning
     * @param limit largest number of bytes, at least 4
     * @param whole take an incomplete character at the end too, because nothing more will come
     */
    static Piece read(FileChannel channel, long offset, int limit, boolean whole) throws IOException {
        long size = channel.size();
        long from = offset > size ? 0 : offset;
        int length = (int) Math.min(limit, size - from);
        if (length <= 0) {
            return Piece.none(from);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {}
        int read = buffer.position();
        boolean more = from + read < size;
        int lines = more ? lineEnd(buffer.array(), read) : 0;
        int complete = lines > 0 ? lines : read - incompleteTail(buffer.array(), read);
        return new Piece(Arrays.copyOf(buffer.array(), whole && !more ? read : complete), from);
    }

    /** Opening a file that a job may have replaced costs more than this look, which most logs need most of the time. */
    static boolean hasLength(Path file, long length) {
        try {
            return FileFacts.of(file).size() == length;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the last ended line ends, 0 for nowhere. */
    private static int lineEnd(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** Number of bytes at the end that are the beginning of a UTF-8 character; 0 for anything that is not UTF-8. */
    static int incompleteTail(byte[] bytes, int length) {
        for (int back = 1; back <= Math.min(3, length); back++) {
            int b = bytes[length - back] & 0xff;
            if (b < 0x80) {
                return 0;
            }
            if (b >= 0xc0) {
                int needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return needed > back && b < 0xf8 ? back : 0;
            }
        }
        return 0;
    }
}
