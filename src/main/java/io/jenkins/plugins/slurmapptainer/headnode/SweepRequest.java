package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param root the directory of all jobs of one controller
 * @param unfinished jobs that have not ended for all that the controller knows
 * @param keepFailedMillis how long the directory of a job stays that did not succeed, {@link #FOR_EVER} or more than 0
 * @param keepSucceededMillis the same of a job that succeeded
 * @param limitMillis when the call has to end, done or not
 */
public record SweepRequest(
        String root, ArrayList<JobToken> unfinished, long keepFailedMillis, long keepSucceededMillis, long limitMillis)
        implements Serializable {
    public static final long FOR_EVER = -1;
}
