package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LookTimesTest {
    /** A clock may stand anywhere, also just before it begins anew. */
    private static final long BEGIN = Long.MAX_VALUE - 5;

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** @return milliseconds until the next look after a fruitless one */
    private static long next(LookTimes times, long now) {
        times.silent(now);
        long pause = 0;
        while (!times.isDue(now + millis(pause))) {
            pause++;
        }
        return pause;
    }

    @Test
    void aChangeIsFollowedByALookAtOnce() {
        LookTimes times = new LookTimes(BEGIN);
        assertTrue(times.isDue(BEGIN));
        times.silent(BEGIN);
        assertFalse(times.isDue(BEGIN));
        times.happened(BEGIN + millis(100));
        assertTrue(times.isDue(BEGIN + millis(100)));
    }

    @Test
    void looksBecomeRarerDuringSilence() {
        LookTimes times = new LookTimes(BEGIN);
        assertEquals(200, next(times, BEGIN));
        assertEquals(200, next(times, BEGIN + millis(1_600)));
        assertEquals(1_000, next(times, BEGIN + millis(8_000)));
        assertEquals(5_000, next(times, BEGIN + millis(40_000)));
        assertEquals(5_000, next(times, BEGIN + TimeUnit.DAYS.toNanos(3)));
        times.happened(BEGIN + TimeUnit.DAYS.toNanos(3));
        assertEquals(200, next(times, BEGIN + TimeUnit.DAYS.toNanos(3)));
    }

    @Test
    void anHourOfSilenceNeedsFewerThanAThousandLooks() {
        LookTimes times = new LookTimes(BEGIN);
        long now = BEGIN;
        int looks = 0;
        while (now - BEGIN < TimeUnit.HOURS.toNanos(1)) {
            now += millis(next(times, now));
            looks++;
        }
        assertTrue(looks < 1_000, looks + " looks");
    }

    @Test
    void aFirstLookMayBePutOff() {
        LookTimes times = new LookTimes(BEGIN);
        times.notBefore(BEGIN + millis(300));
        assertFalse(times.isDue(BEGIN + millis(299)));
        assertTrue(times.isDue(BEGIN + millis(300)));
    }
}
