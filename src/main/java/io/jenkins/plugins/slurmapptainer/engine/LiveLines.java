package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.ByteSearch;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Decides what of a job's output is shown when. Ended lines are shown at once, and so is what has no end yet. Of a line that is
 * written again and again ({@code \r}) one state is shown every {@value #STATE_MILLIS} ms, and the last one.
 *
 * <p>A console that itself holds a line back until its end, because it hides secrets or adds the time, gets whole lines only: what
 * stood in its memory would be lost with a killed controller, and a secret must not reach it in two halves. A state that is
 * over becomes a line there.
 */
final class LiveLines {
    /** A line that is longer is shown in parts in any case. */
    static final int MAX_BYTES = 64 * 1024;

    /** Least time between two states of one line. */
    static final long STATE_MILLIS = 1_500;

    private static final byte[] NOTHING = {};
    private static final long NEVER = Long.MAX_VALUE;

    private final BooleanSupplier unended;
    private final long patienceMillis;

    private byte[] held = NOTHING;
    /** When the oldest of the held bytes came. */
    private long heldSince;
    /** When something that is held becomes due. */
    private long dueAt = NEVER;

    // About the line in which the held bytes stand: whether some of it is the last thing that was shown,
    private boolean open;
    // whether some of the state is, in which they begin,
    private boolean stateOpen;
    // and whether and when a state was shown.
    private boolean stated;
    private long statedAt;

    /**
     * @param unended whether the console shows what has no end
     * @param patienceMillis how long the end of a line is waited for, 0 for not at all
     */
    LiveLines(BooleanSupplier unended, long patienceMillis) {
        this.unended = unended;
        this.patienceMillis = patienceMillis;
    }

    /**
     * @param bytes to be shown now, may be empty
     * @param read number of bytes of the output that are dealt with: more than are shown when states were left out
     */
    record Shown(byte[] bytes, int read) {}

    /** Number of bytes that wait. */
    int held() {
        return held.length;
    }

    /** Milliseconds until something is due without another piece, {@link Long#MAX_VALUE} for never. */
    long pause(long now) {
        return dueAt == NEVER ? NEVER : Math.max(0, dueAt - now);
    }

    /**
     * Takes the next piece.
     *
     * @param now milliseconds of a clock that only goes forward
     */
    Shown add(byte[] piece, long now) {
        if (held.length == 0) {
            heldSince = now;
            held = piece;
        } else {
            int before = held.length;
            held = Arrays.copyOf(held, before + piece.length);
            System.arraycopy(piece, 0, held, before, piece.length);
        }
        return due(now);
    }

    /** Takes out what is to be shown by now. */
    Shown due(long now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(held.length);
        dueAt = NEVER;
        int begin = endedLines(out);
        int from = unended.getAsBoolean() ? openLine(begin, now, out) : endedStates(begin, now, out);
        if (held.length - from > MAX_BYTES) {
            out.write(held, from, held.length - from);
            open = true;
            stateOpen = true;
            dueAt = NEVER;
            from = held.length;
        }
        return taken(out, from, now);
    }

    /** Takes out all, because no end of the line will come. */
    Shown rest(long now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(held.length);
        int begin = endedLines(out);
        if (begin < held.length) {
            lastState(begin, held.length, out);
        }
        dueAt = NEVER;
        return taken(out, held.length, now);
    }

    private Shown taken(ByteArrayOutputStream out, int from, long now) {
        if (from > 0) {
            held = from == held.length ? NOTHING : Arrays.copyOfRange(held, from, held.length);
        }
        if (out.size() > 0) {
            heldSince = now;
        }
        return new Shown(out.size() == 0 ? NOTHING : out.toByteArray(), from);
    }

    /** @return where the line begins that has no end yet */
    private int endedLines(ByteArrayOutputStream out) {
        int end = ByteSearch.last(held, '\n', 0, held.length) + 1;
        int from = 0;
        while (from < end) {
            // As far as no line has several states, all can be shown as it is.
            int state = ByteSearch.first(held, '\r', from, end);
            int plain = ByteSearch.last(held, '\n', from, state < 0 ? end : state) + 1;
            if (plain > from) {
                out.write(held, from, plain - from);
                from = plain;
                lineOver();
            } else {
                int next = ByteSearch.first(held, '\n', from, end) + 1;
                lastState(from, next, out);
                from = next;
            }
        }
        return end;
    }

    /** Shows the last state of a line that is over, behind what may have been shown of it. */
    private void lastState(int from, int to, ByteArrayOutputStream out) {
        int end = ByteSearch.without('\r', held, from, held[to - 1] == '\n' ? to - 1 : to);
        int first = ByteSearch.first(held, '\r', from, end);
        if (first < 0) {
            out.write(held, from, to - from);
        } else {
            if (stateOpen) {
                out.write(held, from, first - from);
            }
            int last = ByteSearch.last(held, '\r', from, end);
            int state = open ? last : last + 1;
            out.write(held, state, to - state);
        }
        lineOver();
    }

    private void lineOver() {
        open = false;
        stateOpen = false;
        stated = false;
    }

    /** @return what is held from here on */
    private int openLine(int from, long now, ByteArrayOutputStream out) {
        int end = ByteSearch.without('\r', held, from, EscapeSequences.complete(held, from, held.length));
        if (end == from) {
            return from;
        }
        int first = ByteSearch.first(held, '\r', from, end);
        int last = first < 0 ? from : ByteSearch.last(held, '\r', from, end);
        if (first >= 0 && stateOpen) {
            out.write(held, from, first - from);
            stateOpen = false;
        }
        boolean anotherState = stated && !stateOpen;
        long at = anotherState ? statedAt + STATE_MILLIS : heldSince + patienceMillis;
        if (at > now) {
            dueAt = at;
            return last;
        }
        int state = first < 0 || open ? last : last + 1;
        out.write(held, state, end - state);
        if (!stateOpen) {
            stated = true;
            statedAt = now;
        }
        open = true;
        stateOpen = true;
        return end;
    }

    /** @return what is held from here on */
    private int endedStates(int from, long now, ByteArrayOutputStream out) {
        // What the last returns belong to, the next state or the line's end, is still to be seen.
        int last = ByteSearch.last(held, '\r', from, ByteSearch.without('\r', held, from, held.length));
        int end = last < 0 ? from : ByteSearch.without('\r', held, from, last);
        if (end == from) {
            return from;
        }
        int state = ByteSearch.last(held, '\r', from, end) + 1;
        state = Math.max(state, from);
        long at = stated ? statedAt + STATE_MILLIS : now;
        if (at > now) {
            dueAt = at;
            return state;
        }
        out.write(held, state, end - state);
        out.write('\n');
        open = false;
        stateOpen = false;
        stated = true;
        statedAt = now;
        return last;
    }
}
