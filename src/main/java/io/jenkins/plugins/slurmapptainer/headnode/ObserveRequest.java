package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * @param root the directory of the controller's jobs
 * @param watches the jobs
 * @param askQueue whether to ask {@code squeue} now; the answer then comes at once
 * @param elsewhere ids of watched jobs that the head node's own cluster may not know, usually none
 * @param accounting ids of jobs about which to ask {@code sacct} along with {@code squeue}, usually none
 * @param askRestarts whether to ask, too, how often each job was put back into the queue: a second call
 * @param waitMillis how long to wait for news
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

    /** A request for one call, about jobs of the head node's own cluster. */
    public static ObserveRequest once(String root, List<ObservedJob> jobs, boolean askQueue, long waitMillis) {
        return new ObserveRequest(
                root, WatchChanges.once(jobs), askQueue, new ArrayList<>(), new ArrayList<>(), false, waitMillis);
    }
}
