package io.jenkins.plugins.slurmapptainer.headnode;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param news of the jobs that have any
 * @param queue all rows of {@code squeue}; {@code null} when it was not asked or did not answer
 * @param queueError why it did not answer, empty if it did or was not asked
 * @param accounting what {@code sacct} knows; {@code null} when it was not asked or did not answer
 * @param accountingError why it did not answer, empty if it did or was not asked
 * @param listUnknown whether the request's list was not known here, so that nothing was looked at: it is to be sent as a whole
 */
public record Observation(
        ArrayList<JobNews> news,
        @CheckForNull ArrayList<QueueEntry> queue,
        String queueError,
        @CheckForNull ArrayList<AccountingEntry> accounting,
        String accountingError,
        boolean listUnknown)
        implements Serializable {

    /** With so much output the answer is full, and the rest follows with the next ones. */
    public static final int FULL_BYTES = 2 * 1024 * 1024;

    /** News of the job directories alone. */
    public static Observation of(ArrayList<JobNews> news) {
        return ofQueue(news, null, "");
    }

    /** With an answer of {@code squeue}, or why there is none. */
    public static Observation ofQueue(
            ArrayList<JobNews> news, @CheckForNull ArrayList<QueueEntry> queue, String queueError) {
        return new Observation(news, queue, queueError, null, "", false);
    }

    /** Of a list of which only changes have come. */
    public static Observation ofUnknownList() {
        return new Observation(new ArrayList<>(), null, "", null, "", true);
    }
}
