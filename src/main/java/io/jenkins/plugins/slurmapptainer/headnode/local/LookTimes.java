package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.util.concurrent.TimeUnit;

/**
 * When to look at something that may change at any time: soon after a change, and less often the longer nothing
 * happens. What happens after a silence is seen within an eighth of that silence. Pure computation; times in
 * nanoseconds of a clock that never goes back.
 */
final class LookTimes {
    private static final long SOONEST = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LATEST = TimeUnit.SECONDS.toNanos(5);
    private static final int PART = 8;

    private long since;
    private long next;

    /** @param now time of the last known change */
    LookTimes(long now) {
        happened(now);
    }

    /** Something has changed: the next look is due now. */
    void happened(long now) {
        since = now;
        next = now;
    }

    /** Nothing has changed. */
    void silent(long now) {
        next = now + Math.min(LATEST, Math.max(SOONEST, (now - since) / PART));
    }

    /** Delays the next look, so that not everything is looked at together. */
    void notBefore(long time) {
        if (time - next > 0) {
            next = time;
        }
    }

    boolean isDue(long now) {
        return now - next >= 0;
    }

    /** How long nothing has changed. */
    long silence(long now) {
        return now - since;
    }
}
