package io.jenkins.plugins.slurmapptainer.engine;

import java.util.function.LongSupplier;

/** A time in which nobody answers about a job: said once when it begins and once when it ends, and its length told to the owner. */
final class OutageReport {
    private final JobMessages messages;
    private final JobOwner owner;
    private final LongSupplier clock;
    private boolean lasts;
    private long since;

    /** @param clock milliseconds of a clock that only goes forward */
    OutageReport(JobMessages messages, JobOwner owner, LongSupplier clock) {
        this.messages = messages;
        this.owner = owner;
        this.clock = clock;
    }

    /** There was no answer, again or for the first time. */
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
