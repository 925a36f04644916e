package io.jenkins.plugins.slurmapptainer.job;

import java.time.Duration;

/** Writes a length of time for people. */
public final class DurationText {
    private DurationText() {}

    /** Milliseconds as {@code hh:mm:ss}. */
    public static String of(long millis) {
        Duration d = Duration.ofMillis(millis);
        return String.format("%02d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
    }
}
