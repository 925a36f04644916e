package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import java.util.function.LongSupplier;

/**
 * The record of the end of one job or task, and for how long it has been known. The last output may become visible
 * after it. For one thread at a time.
 */
final class SeenEnd {
    /** How long output of other jobs may keep an ended job's output from being read. */
    private static final long CROWD_MILLIS = 600_000;

    private final LongSupplier clock;

    @CheckForNull
    private ExitRecord exit;

    private long seen;
    private long knownBefore;
    private long outputSeen;

    /** @param clock gives milliseconds and never goes back */
    SeenEnd(LongSupplier clock) {
        this.clock = clock;
    }

    /** The record, {@code null} if there is none yet. */
    @CheckForNull
    ExitRecord exit() {
        return exit;
    }

    /** The attempt that has ended, -1 if there is no record yet. */
    int attempt() {
        return exit == null ? -1 : exit.attempt();
    }

    /** @param before for how many milliseconds an earlier process has known it */
    void seen(ExitRecord record, long before) {
        exit = record;
        seen = clock.getAsLong();
        knownBefore = before;
    }

    /** A later attempt has started, so only its end counts. */
    void startedAgain(int attempt) {
        if (exit != null && exit.attempt() < attempt) {
            exit = null;
        }
    }

    /** Some output has arrived. */
    void outputSeen() {
        outputSeen = clock.getAsLong();
    }

    /** The answer may have had no room for some output. */
    void crowded() {
        if (exit != null && clock.getAsLong() - seen < CROWD_MILLIS) {
            outputSeen();
        }
    }

    /** Milliseconds since the end became known. */
    long age() {
        return clock.getAsLong() - seen + knownBefore;
    }

    /** Milliseconds since the last output, or since the end if that was later. */
    long outputAge() {
        return clock.getAsLong() - Math.max(seen, outputSeen);
    }
}
