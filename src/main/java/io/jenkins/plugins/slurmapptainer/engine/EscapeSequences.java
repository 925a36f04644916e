package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.ByteSearch;
import java.nio.charset.StandardCharsets;

/**
 * Finds out whether text ends within an escape sequence (ECMA-48: {@code ESC [ … letter}, {@code ESC ] … BEL}) or
 * within a note of Jenkins' console, which has such a sequence at each end.
 */
final class EscapeSequences {
    private static final byte[] NOTE = "\u001b[8mha:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTE_END = "\u001b[0m".getBytes(StandardCharsets.US_ASCII);
    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';
    /** Longer text is no sequence. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final int OPEN = -1;

    private EscapeSequences() {}

    /**
     * The end of the part of a text that does not end within a sequence.
     *
     * @param from a place outside of any sequence
     */
    static int complete(byte[] text, int from, int to) {
        int at = ByteSearch.first(text, ESCAPE, from, to);
        while (at >= 0) {
            int end = end(text, at, to);
            if (end == OPEN) {
                return to - at > MAX_BYTES ? to : at;
            }
            at = ByteSearch.first(text, ESCAPE, end, to);
        }
        return to;
    }

    private static int end(byte[] text, int at, int to) {
        if (at + 1 == to) {
            return OPEN;
        }
        switch (text[at + 1]) {
            case '[':
                return isPart(text, at, to, NOTE) ? noteEnd(text, at, to) : controlEnd(text, at + 2, to);
            case ']':
            case 'P':
            case 'X':
            case '^':
            case '_':
                return stringEnd(text, at + 2, to);
            default:
                return at + 2;
        }
    }

    /** Whether the text here starts with the expected one, or is the start of it. */
    private static boolean isPart(byte[] text, int at, int to, byte[] expected) {
        for (int i = 0; i < expected.length && at + i < to; i++) {
            if (text[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static int noteEnd(byte[] text, int at, int to) {
        for (int end = ByteSearch.first(text, ESCAPE, at + 1, to);
                end >= 0;
                end = ByteSearch.first(text, ESCAPE, end + 1, to)) {
            if (end + NOTE_END.length <= to && isPart(text, end, to, NOTE_END)) {
                return end + NOTE_END.length;
            }
        }
        return OPEN;
    }

    private static int controlEnd(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] < 0x20 || text[i] > 0x3f) {
                return i + 1;
            }
        }
        return OPEN;
    }

    private static int stringEnd(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == BELL || text[i] == '\\' && text[i - 1] == ESCAPE) {
                return i + 1;
            }
        }
        return OPEN;
    }
}
