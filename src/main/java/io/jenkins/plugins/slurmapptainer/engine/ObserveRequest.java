package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param root the directory of the controller's jobs
 * @param watches the jobs
 * @param askQueue whether to ask {@code squeue} now; the answer then comes at once
 * @param elsewhere ids of watched jobs that the head node's own cluster may not know, usually none
 * @param accounting ids of jobs about which to ask {@code sacct} along with {@code squeue}, usually none
 * @param waitMillis how long to wait for news
 */
public record ObserveRequest(
        String root,
        ArrayList<Watch> watches,
        boolean askQueue,
        ArrayList<String> elsewhere,
        ArrayList<String> accounting,
        long waitMillis)
        implements Serializable {

    /** A look at the job directories alone. */
    public static ObserveRequest ofFiles(String root, ArrayList<Watch> watches, long waitMillis) {
        return new ObserveRequest(root, watches, false, new ArrayList<>(), new ArrayList<>(), waitMillis);
    }
}
