package io.jenkins.plugins.slurmapptainer.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * Measures how long a trouble has lasted, for a limit that includes restarts of the controller. For one thread at a
 * time.
 */
final class OutageTimer {
    private final LongUnaryOperator remember;
    private final Runnable save;
    private boolean begun;
    private long since;
    private long before;

    /**
     * @param remember gets the current time, in milliseconds since 1970, and says for how many milliseconds the trouble
     *     has been known, 0 if it is new
     * @param save saves a new trouble, so that it survives a crash
     */
    OutageTimer(LongUnaryOperator remember, Runnable save) {
        this.remember = remember;
        this.save = save;
    }

    /**
     * The trouble exists. The time before a restart counts only after this process has tried for a while itself,
     * because nobody tried while the controller was down.
     *
     * @param limit milliseconds after which the caller gives up
     * @return milliseconds since the trouble began
     */
    long millis(long limit) {
        if (!begun) {
            begun = true;
            since = System.nanoTime();
            before = remember.applyAsLong(System.currentTimeMillis());
            if (before == 0) {
                save.run();
            }
        }
        long here = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        return here < Math.min(QueueMemory.FRESH_MILLIS, limit / 10) ? here : here + before;
    }

    /** The trouble is over. The next one starts anew. */
    void over() {
        begun = false;
    }
}
