package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.util.concurrent.TimeUnit;

/**
 * When to look at what may change at any time: soon after it did, and the longer nothing happens, the less often. What comes after a
 * silence is seen within an eighth of that silence. Pure computation; times in nanoseconds of a clock that only goes forward.
 */
final class LookTimes {
    private static final long SOONEST = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LATEST = TimeUnit.SECONDS.toNanos(5);
    private static final int PART = 8;

    private long since;
    private long next;

    /** @param now when there was something for the last time, as far as is known */
    LookTimes(long now) {
        happened(now);
    }

    /** There is something: the next look is due. */
    void happened(long now) {
        since = now;
        next = now;
    }

    /** There is nothing to be seen now. */
    void silent(long now) {
        next = now + Math.min(LATEST, Math.max(SOONEST, (now - since) / PART));
    }

    /** Delays the next look, so that not everything is looked at in one moment. */
    void notBefore(long time) {
        if (time - next > 0) {
            next = time;
        }
    }

    boolean isDue(long now) {
        return now - next >= 0;
    }

    /** For how long there has been nothing. */
    long silence(long now) {
        return now - since;
    }
}
