package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a growing file piece by piece. If possible, no piece ends within a UTF-8 character, and only the last piece
 * ends within a line, because a line without end looks like everything that a program has printed so far.
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
     * Reads the next piece.
     *
     * @param offset where to start; a file that has become shorter is read from its beginning
     * @param limit largest number of bytes, at least 4
     * @param whole whether to take an incomplete character at the end too, because nothing more will come
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

    /**
     * Whether a file has this length. For most looks at most logs that is enough, and it is cheaper than opening a file
     * that a job may have replaced.
     */
    static boolean hasLength(Path file, long length) {
        try {
            return FileFacts.of(file).size() == length;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the last complete line ends; 0 if there is none. */
    private static int lineEnd(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** Number of bytes at the end that are an incomplete UTF-8 character; 0 for anything that is not UTF-8. */
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
