package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmRows;

/** A job as the {@link Monitor} sees it. Only the monitor's thread calls it, except for {@link #watch()} and {@link #key()}. */
interface MonitoredJob {
    /** What is known, so that the head node reports only news. */
    ObservedJob watch();

    /** The key of {@link #watch()}, which tells the job from all others. Never changes. */
    default String key() {
        return watch().key();
    }

    /** Name of the preferred agent, may be empty. */
    String preferredAgent();

    /** Whether an answer of Slurm is needed soon. */
    boolean wantsQueue();

    /** The id to ask the accounting about together with the queue, empty if not needed. */
    String wantsAccounting();

    /** Whether the next answer of the queue should include how often the job was requeued. */
    default boolean wantsRestarts() {
        return false;
    }

    /** The id if it names another cluster, whose jobs the head node's own cluster may not know; otherwise empty. */
    String elsewhere();

    /**
     * Called at the end of a round.
     *
     * @param news what is new, {@code null} if nothing
     * @param queue all rows of {@code squeue}, {@code null} if it was not asked or did not answer
     * @param accounting the rows of {@code sacct}, older ones first, {@code null} if it was not asked or did not answer
     */
    void observed(
            @CheckForNull JobNews news,
            @CheckForNull SlurmRows<QueueEntry> queue,
            @CheckForNull SlurmRows<AccountingEntry> accounting);

    /** Whether it must be called in rounds without news too, because time alone may change something. */
    boolean isRestless();

    /** Milliseconds until something must be shown without news, {@link Long#MAX_VALUE} for never. */
    default long pause() {
        return Long.MAX_VALUE;
    }

    /** There was more output in this round than fits into one answer. The output of this job may have to wait. */
    default void crowded() {}

    /** The head node, or Slurm on it, cannot be asked. Called in every round until {@link #answered()}. */
    void silent(String why);

    /** Everything that was asked in this round has been answered. */
    void answered();
}
