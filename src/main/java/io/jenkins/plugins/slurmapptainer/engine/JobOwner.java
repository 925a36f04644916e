package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;

/** What a tracker tells its job's owner, and asks it to do. */
interface JobOwner {
    /** An attempt has started. */
    void started(StartRecord start);

    /** The job has this outcome. Called once. */
    void end(Outcome outcome);

    /** Whether to cancel a job because it can never start. */
    default boolean endsWhatCannotStart() {
        return true;
    }

    /** Asks to cancel the job for this reason, before its outcome is known. */
    void cancelFor(Outcome reason);

    /** The record has changed and should be saved soon. */
    void changed();

    /** Nobody has answered for this time, in milliseconds. Called again with every further failure. */
    void silentFor(long millis, String why);

    /** Somebody has answered. Called with every answer. */
    default void answered() {}
}
