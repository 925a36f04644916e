package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A request for news about jobs.
 *
 * @param root the directory of the controller's jobs
 * @param watches the jobs, or what has changed in their list
 * @param askQueue whether to ask {@code squeue} now; the answer then returns at once
 * @param elsewhere ids of watched jobs that the head node's own cluster may not know, usually none
 * @param accounting ids of jobs to ask {@code sacct} about together with {@code squeue}, usually none
 * @param askRestarts whether to also ask how often each job was requeued, which needs a second call
 * @param waitMillis how long to wait for news, in milliseconds
 */
public record ObserveRequest(
        String root,
        WatchChanges watches,
        boolean askQueue,
        ArrayList<String> elsewhere,
        ArrayList<String> accounting,
        boolean askRestarts,
        long waitMillis)
        implements Serializable {

    /** A request of one call only, about jobs of the head node's own cluster. */
    public static ObserveRequest once(String root, List<ObservedJob> jobs, boolean askQueue, long waitMillis) {
        return new ObserveRequest(
                root, WatchChanges.once(jobs), askQueue, new ArrayList<>(), new ArrayList<>(), false, waitMillis);
    }
}
