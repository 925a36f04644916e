package io.jenkins.plugins.slurmapptainer.engine;

/** How long a trouble has lasted, for a limit that holds across restarts of the controller. */
final class Lasting {
    private Lasting() {}

    /**
     * What was before a restart counts when this process has tried for a while itself: nobody has while there was no controller.
     *
     * @param here milliseconds in this process
     * @param before milliseconds from the trouble's begin to this process' first sight of it
     * @param limit milliseconds after which there will be no more patience
     */
    static long millis(long here, long before, long limit) {
        return here < Math.min(QueueMemory.FRESH_MILLIS, limit / 10) ? here : here + before;
    }
}
