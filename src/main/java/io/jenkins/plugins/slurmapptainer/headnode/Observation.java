package io.jenkins.plugins.slurmapptainer.headnode;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * The answer to an {@link ObserveRequest}.
 *
 * @param news news of the jobs that have any
 * @param queue all rows of {@code squeue}; {@code null} if it was not asked or did not answer
 * @param queueError why {@code squeue} did not answer; empty if it did or was not asked
 * @param accounting rows of {@code sacct}; {@code null} if it was not asked or did not answer
 * @param accountingError why {@code sacct} did not answer; empty if it did or was not asked
 * @param listUnknown whether this machine does not know the request's list. Nothing was looked at then, and the whole
 *     list must be sent
 */
public record Observation(
        ArrayList<JobNews> news,
        @CheckForNull ArrayList<QueueEntry> queue,
        String queueError,
        @CheckForNull ArrayList<AccountingEntry> accounting,
        String accountingError,
        boolean listUnknown)
        implements Serializable {

    /** An answer with this much output is full. The rest follows in the next ones. */
    public static final int FULL_BYTES = 2 * 1024 * 1024;

    /** An answer with news from the job directories only. */
    public static Observation of(ArrayList<JobNews> news) {
        return ofQueue(news, null, "");
    }

    /** An answer with the rows of {@code squeue}, or why there are none. */
    public static Observation ofQueue(
            ArrayList<JobNews> news, @CheckForNull ArrayList<QueueEntry> queue, String queueError) {
        return new Observation(news, queue, queueError, null, "", false);
    }

    /** The answer if only changes arrived for a list that is not known here. */
    public static Observation ofUnknownList() {
        return new Observation(new ArrayList<>(), null, "", null, "", true);
    }
}
