package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;

/** Where a job may go from its preparation and its submission. Each returns at once. */
interface JobTransitions {
    /** To its submission. */
    void submit(String batchScript, JobEnvironment environment);

    /** Back to its preparation: there is no job. */
    void prepareAgain();

    /** To being followed: Slurm has it. */
    void follow();

    /** To its end. */
    void end(Outcome outcome);

    /**
     * Nowhere, but another try of the same, later.
     *
     * @param limit how long that goes on, in words that follow a verb, empty for as long as it takes
     */
    void tryAgain(String limit, String trouble);

    /** To its end if somebody has cancelled it. */
    boolean endIfCancelled();
}
