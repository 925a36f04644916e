package io.jenkins.plugins.slurmapptainer.engine;

/** The threads that work for the jobs of one build on one cluster. */
public interface JobThreads {
    /**
     * Runs a task as soon as the shares of its cluster and its build allow. Returns at once.
     *
     * @param delay milliseconds after which it is due
     */
    void schedule(Work work, Runnable task, long delay);

    /** The same, due at once. */
    default void execute(Work work, Runnable task) {
        schedule(work, task, 0);
    }

    /** Whether work of this kind has to wait for other work of its build or its cluster. Never, where nothing is shared. */
    default boolean isFull(Work work) {
        return false;
    }
}
