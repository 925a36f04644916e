package io.jenkins.plugins.slurmapptainer.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/** How long a trouble has lasted, for a limit that holds across restarts of the controller. One thread at a time. */
final class OutageTimer {
    private final LongUnaryOperator remember;
    private final Runnable save;
    private boolean begun;
    private long since;
    private long before;

    /**
     * @param remember is given the time now, in milliseconds since 1970, and answers for how long the trouble is known, 0 if it is new
     * @param save has a new trouble survive a crash
     */
    OutageTimer(LongUnaryOperator remember, Runnable save) {
        this.remember = remember;
        this.save = save;
    }

    /**
     * The trouble is there. What was before a restart counts when this process has tried for a while itself: nobody has while there
     * was no controller.
     *
     * @param limit milliseconds after which there will be no more patience
     * @return milliseconds since it began
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

    /** The trouble is over; another one begins anew. */
    void over() {
        begun = false;
    }
}
