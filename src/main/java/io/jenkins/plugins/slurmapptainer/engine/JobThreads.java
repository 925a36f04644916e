package io.jenkins.plugins.slurmapptainer.engine;

/** The threads for the jobs of one build on one cluster. Safe for several threads. */
public interface JobThreads {
    /**
     * Runs a task as soon as the limits of its cluster and its build allow. Returns at once.
     *
     * @param delay milliseconds after which the task is due
     */
    void schedule(Work work, Runnable task, long delay);

    /** The same, due at once. */
    default void execute(Work work, Runnable task) {
        schedule(work, task, 0);
    }

    /**
     * Whether work of this kind must wait for other work of its build or its cluster. Never true if nothing is shared.
     */
    default boolean isFull(Work work) {
        return false;
    }
}
