package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import java.util.function.LongSupplier;

/** The record of the end of one job or task, and for how long it is known: the last output may be seen after it. One thread at a time. */
final class SeenEnd {
    /** How long the output of others may keep that of an ended job from being read. */
    private static final long CROWD_MILLIS = 600_000;

    private final LongSupplier clock;

    @CheckForNull
    private ExitRecord exit;

    private long seen;
    private long knownBefore;
    private long outputSeen;

    /** @param clock milliseconds of a clock that only goes forward */
    SeenEnd(LongSupplier clock) {
        this.clock = clock;
    }

    /** The record, {@code null} while there is none. */
    @CheckForNull
    ExitRecord exit() {
        return exit;
    }

    /** Which attempt has ended, -1 while there is no record. */
    int attempt() {
        return exit == null ? -1 : exit.attempt();
    }

    /** @param before for how many milliseconds an earlier process has known of it */
    void seen(ExitRecord record, long before) {
        exit = record;
        seen = clock.getAsLong();
        knownBefore = before;
    }

    /** A later attempt has started: its end counts. */
    void startedAgain(int attempt) {
        if (exit != null && exit.attempt() < attempt) {
            exit = null;
        }
    }

    /** Some output has come. */
    void outputSeen() {
        outputSeen = clock.getAsLong();
    }

    /** Some output may have had no room. */
    void crowded() {
        if (exit != null && clock.getAsLong() - seen < CROWD_MILLIS) {
            outputSeen();
        }
    }

    /** Milliseconds for which the end is known. */
    long age() {
        return clock.getAsLong() - seen + knownBefore;
    }

    /** Milliseconds since there was output, or the end if that came later. */
    long outputAge() {
        return clock.getAsLong() - Math.max(seen, outputSeen);
    }
}
