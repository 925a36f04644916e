package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;

/** Tells people what happens to one tracked job or task. Called by the thread that tracks it. */
interface JobMessages {
    /** An attempt has started. */
    void started(StartRecord start);

    /**
     * Slurm has answered.
     *
     * @param ordinary whether the answer is expected; the job's own records report start and end
     */
    void listed(QueueEntry row, boolean ordinary);

    /** Nobody answers any more. Called once. */
    void silent(String why);

    /** There are answers again. */
    void answered();

    /** Something unusual has happened. */
    void note(String line);
}
