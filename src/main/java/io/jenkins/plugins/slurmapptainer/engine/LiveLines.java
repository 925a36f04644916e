package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.ByteSearch;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Decides which part of a job's output is shown when. Complete lines are shown at once, and so is an incomplete one. If
 * the program overwrites a line again and again ({@code \r}), one state is shown every {@value #STATE_MILLIS} ms, and
 * the last one.
 *
 * <p>Some consoles hold a line back until its end, because they hide secrets or add the time. They get only whole
 * lines: text in their memory would be lost if the controller was killed, and a secret must not reach them in two
 * halves. There, a state that is over becomes a line.
 */
final class LiveLines {
    /** A longer line is shown in parts in any case. */
    static final int MAX_BYTES = 64 * 1024;

    /** Shortest time between two states of one line. */
    static final long STATE_MILLIS = 1_500;

    private static final byte[] NOTHING = {};
    private static final long NEVER = Long.MAX_VALUE;

    private final BooleanSupplier unended;
    private final long patienceMillis;

    private byte[] held = NOTHING;
    /** When the oldest of the held bytes arrived. */
    private long heldSince;
    /** When something that is held must be shown. */
    private long dueAt = NEVER;

    // About the line of the held bytes: whether a part of it was shown last,
    private boolean open;
    // whether a part of its current state was shown,
    private boolean stateOpen;
    // and whether and when a state was shown.
    private boolean stated;
    private long statedAt;

    /**
     * @param unended whether the console shows incomplete lines
     * @param patienceMillis how long to wait for the end of a line, 0 for not at all
     */
    LiveLines(BooleanSupplier unended, long patienceMillis) {
        this.unended = unended;
        this.patienceMillis = patienceMillis;
    }

    /**
     * @param bytes bytes to show now, may be empty
     * @param read number of bytes of the output that are done; more than are shown if states were skipped
     */
    record Shown(byte[] bytes, int read) {}

    /** Number of held bytes. */
    int held() {
        return held.length;
    }

    /** Milliseconds until something must be shown without another piece, {@link Long#MAX_VALUE} for never. */
    long pause(long now) {
        return dueAt == NEVER ? NEVER : Math.max(0, dueAt - now);
    }

    /**
     * Takes the next piece.
     *
     * @param now milliseconds of a clock that never goes back
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

    /** Takes out what must be shown by now. */
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

    /** Takes out everything, because the line will not be completed. */
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

    /** @return where the incomplete line begins */
    private int endedLines(ByteArrayOutputStream out) {
        int end = ByteSearch.last(held, '\n', 0, held.length) + 1;
        int from = 0;
        while (from < end) {
            // Up to the first line with several states, everything can be shown as it is.
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

    /** Shows the last state of a line that is over, after the part that may have been shown. */
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
        // It is not known yet what follows the last returns: the next state or the line's end.
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
