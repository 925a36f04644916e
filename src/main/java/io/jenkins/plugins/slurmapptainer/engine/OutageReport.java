package io.jenkins.plugins.slurmapptainer.engine;

import java.util.function.LongSupplier;

/**
 * Reports a time without answers about a job: once when it begins, and once when it ends. The owner gets its length.
 */
final class OutageReport {
    private final JobMessages messages;
    private final JobOwner owner;
    private final LongSupplier clock;
    private boolean lasts;
    private long since;

    /** @param clock gives milliseconds and never goes back */
    OutageReport(JobMessages messages, JobOwner owner, LongSupplier clock) {
        this.messages = messages;
        this.owner = owner;
        this.clock = clock;
    }

    /** There was no answer, for the first time or again. */
    void goesOn(String why) {
        if (!lasts) {
            messages.silent(why);
            lasts = true;
            since = clock.getAsLong();
        }
        owner.silentFor(clock.getAsLong() - since, why);
    }

    /** There was an answer. */
    void ends() {
        if (lasts) {
            lasts = false;
            messages.answered();
        }
        owner.answered();
    }
}
