package io.jenkins.plugins.slurmapptainer.engine;

import java.util.Arrays;

/**
 * Holds back the beginning of a line until its end has come. What is shown are whole lines then: a console that hides
 * secrets or adds the time can change only those, and a position between two lines needs no knowledge of such a
 * console's memory.
 */
final class WholeLines {
    /** A line that is longer is shown in parts. */
    static final int MAX_BYTES = 64 * 1024;

    private static final byte[] NOTHING = {};

    private byte[] held = NOTHING;

    /** Number of bytes that wait for the end of their line. */
    int held() {
        return held.length;
    }

    /**
     * Takes the next piece.
     *
     * @return what can be shown now, may be empty
     */
    byte[] add(byte[] piece) {
        int end = piece.length;
        while (end > 0 && piece[end - 1] != '\n') {
            end--;
        }
        boolean tooLong = piece.length - end + (end == 0 ? held.length : 0) > MAX_BYTES;
        int shown = tooLong ? piece.length : end;
        if (held.length == 0 && shown == piece.length) {
            return piece;
        }
        byte[] all = Arrays.copyOf(held, held.length + piece.length);
        System.arraycopy(piece, 0, all, held.length, piece.length);
        int cut = shown == 0 ? 0 : held.length + shown;
        held = Arrays.copyOfRange(all, cut, all.length);
        return Arrays.copyOf(all, cut);
    }

    /** Takes what is held out, because no end of the line will come. */
    byte[] rest() {
        byte[] rest = held;
        held = NOTHING;
        return rest;
    }
}
