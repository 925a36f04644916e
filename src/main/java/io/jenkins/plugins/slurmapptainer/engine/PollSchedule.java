package io.jenkins.plugins.slurmapptainer.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * When to ask {@code squeue}. While jobs wait, at the administrator's interval. While all run, at three times the
 * interval, because their own records report the end. Soon when an answer of Slurm is needed, and less and less often
 * if it does not answer or says nothing new. But never more often per minute than the interval allows. Pure
 * computation; times in milliseconds.
 */
final class PollSchedule {
    private static final long MINUTE = 60_000;
    private static final long SOON = 2_000;
    private static final long MAX_BACK_OFF = 5 * MINUTE;
    private static final double JITTER = 0.2;

    private final LongSupplier interval;
    private final DoubleSupplier random;
    private final Deque<Long> asked = new ArrayDeque<>();
    private long last = Long.MIN_VALUE;
    private int failures;
    /** Number of hurried calls in a row. A few of them must not use up the calls of a whole minute. */
    private int hurried;

    private boolean hurry;
    private double jitter;

    /**
     * @param interval smallest average time between two calls
     * @param random numbers from 0 to 1
     */
    PollSchedule(LongSupplier interval, DoubleSupplier random) {
        this.interval = interval;
        this.random = random;
    }

    /**
     * How long to wait for the next call.
     *
     * @param urgent whether an answer of Slurm is needed to end a job
     * @param waiting whether at least one job has not started
     * @return 0 if the call is due
     */
    long delay(long now, boolean urgent, boolean waiting) {
        long interval = this.interval.getAsLong();
        long window = Math.max(MINUTE, interval);
        asked.removeIf(time -> time <= now - window);
        if (last == Long.MIN_VALUE) {
            return 0;
        }
        hurry = urgent;
        hurried = urgent ? hurried : 0;
        long distance = urgent ? Math.min(SOON << Math.min(hurried, 10), interval) : waiting ? interval : 3 * interval;
        if (failures > 0) {
            distance = Math.min(MAX_BACK_OFF, interval << Math.min(failures - 1, 10));
        }
        long due = last + (urgent && failures == 0 ? distance : (long) (distance * (1 + jitter)));
        boolean exhausted = asked.size() >= Math.max(1, MINUTE / interval);
        if (exhausted) {
            due = Math.max(due, asked.getFirst() + window);
        }
        return Math.max(0, due - now);
    }

    void asked(long now, boolean answered) {
        asked.addLast(now);
        last = now;
        failures = answered ? 0 : failures + 1;
        hurried = hurry ? hurried + 1 : 0;
        // Only later, never earlier: the limit of calls per minute is a promise.
        jitter = JITTER * random.getAsDouble();
    }
}
