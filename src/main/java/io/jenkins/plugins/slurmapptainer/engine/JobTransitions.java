package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;

/** The possible next states of a job during preparation and submission. Each method returns at once. */
interface JobTransitions {
    /** Submits the job. */
    void submit(String batchScript, JobEnvironment environment);

    /** Prepares the job again, because there is no job. */
    void prepareAgain();

    /** Tracks the job, because Slurm has it. */
    void follow();

    /** Ends the job. */
    void end(Outcome outcome);

    /**
     * Stays in this state and tries again later.
     *
     * @param limit how long it is tried, in words that follow a verb; empty for no limit
     */
    void tryAgain(String limit, String trouble);

    /** Ends the job if somebody has cancelled it. */
    boolean endIfCancelled();
}
