package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;

/** Tells people what is going on with one followed job or task. Called by the thread that follows it. */
interface JobMessages {
    /** An attempt has started. */
    void started(StartRecord start);

    /**
     * Slurm's word in an answer.
     *
     * @param ordinary whether it says nothing that people would not expect: start and end are told by the job's own records
     */
    void listed(QueueEntry row, boolean ordinary);

    /** Nobody can be asked any more; told once. */
    void silent(String why);

    /** There are answers again. */
    void answered();

    /** Something that does not happen usually. */
    void note(String line);
}
