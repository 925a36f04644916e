package io.jenkins.plugins.slurmapptainer.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/** Tells a build that its files wait for those of others, where that takes longer than it takes to get a thread. */
final class FilesTurn {
    static final long SILENT_MILLIS = 15_000;
    private static final String WAITING = "Waiting for a turn to copy files: on a cluster those of at most "
            + Work.FILES.perCluster() + " jobs are copied at a time, of one build those of " + Work.FILES.perBuild();

    private FilesTurn() {}

    /**
     * A task, with the word to the build if it is {@link Work#FILES}.
     *
     * @param delay milliseconds after which it is due
     */
    static Runnable told(Work work, Runnable task, long delay, JobThreads threads, JobHost host) {
        if (work != Work.FILES) {
            return task;
        }
        AtomicBoolean begun = new AtomicBoolean();
        threads.schedule(
                Work.RECORD,
                () -> {
                    if (!begun.get()) {
                        host.say(WAITING);
                    }
                },
                delay + SILENT_MILLIS);
        return () -> {
            begun.set(true);
            task.run();
        };
    }
}
