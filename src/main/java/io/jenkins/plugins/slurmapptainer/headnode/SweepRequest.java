package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * A request to remove directories of ended jobs.
 *
 * @param root the directory of all jobs of one controller
 * @param unfinished jobs that have not ended as far as the controller knows
 * @param keepFailedMillis how long to keep the directory of a job that did not succeed, in milliseconds:
 *     {@link #FOR_EVER} or more than 0
 * @param keepSucceededMillis how long to keep the directory of a job that succeeded, in milliseconds
 * @param limitMillis after how many milliseconds the call must end, even if it is not done
 */
public record SweepRequest(
        String root, ArrayList<JobToken> unfinished, long keepFailedMillis, long keepSucceededMillis, long limitMillis)
        implements Serializable {
    public static final long FOR_EVER = -1;
}
