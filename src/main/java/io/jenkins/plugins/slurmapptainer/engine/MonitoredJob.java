package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmRows;

/** A job as the {@link Monitor} sees it. Called from the monitor's thread only, but for {@link #watch()} and {@link #key()}. */
interface MonitoredJob {
    /** What is known, so that only news is told. */
    ObservedJob watch();

    /** Tells it from all others, as the key of {@link #watch()}. Never changes. */
    default String key() {
        return watch().key();
    }

    /** Name of the agent that serves best, may be empty. */
    String preferredAgent();

    /** Whether Slurm's word is needed soon. */
    boolean wantsQueue();

    /** The id about which the accounting should be asked along with the queue, empty if it need not be. */
    String wantsAccounting();

    /** Whether the next answer of the queue should say, too, how often the job was put back into it. */
    default boolean wantsRestarts() {
        return false;
    }

    /** The id if the head node's own cluster may not know it, because it names another one; else empty. */
    String elsewhere();

    /**
     * A round is over.
     *
     * @param news what is new, {@code null} if nothing
     * @param queue all rows of {@code squeue}, {@code null} if it was not asked or did not answer
     * @param accounting the rows of {@code sacct}, older ones first, {@code null} if it was not asked or did not answer
     */
    void observed(
            @CheckForNull JobNews news,
            @CheckForNull SlurmRows<QueueEntry> queue,
            @CheckForNull SlurmRows<AccountingEntry> accounting);

    /** Whether it has to be told of rounds without any news, too: something may become of it with time alone. */
    boolean isRestless();

    /** Milliseconds until there is something to show without any news, {@link Long#MAX_VALUE} for never. */
    default long pause() {
        return Long.MAX_VALUE;
    }

    /** There was more output in this round than fits into one answer: that of this job may have had to wait. */
    default void crowded() {}

    /** The head node, or Slurm on it, cannot be asked; told in every round until {@link #answered()}. */
    void silent(String why);

    /** Everything that was asked in this round has answered. */
    void answered();
}
