package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;

/** What a follower asks its job's owner to do. */
interface JobOwner {
    /** An attempt has started. */
    void started(StartRecord start);

    /** The outcome, once. */
    void end(Outcome outcome);

    /** Whether a job that can never start is to be ended for that. */
    default boolean endsWhatCannotStart() {
        return true;
    }

    /** Why the job has to be ended by its follower, before that. */
    void cancelFor(Outcome reason);

    /** The record has changed, and should survive a crash soon. */
    void changed();

    /** Nobody has answered for so long; told with every further silence. */
    void silentFor(long millis, String why);

    /** Somebody has answered; told with every answer. */
    default void answered() {}
}
