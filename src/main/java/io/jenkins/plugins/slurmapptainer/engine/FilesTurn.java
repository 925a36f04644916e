package io.jenkins.plugins.slurmapptainer.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/** Tells a build that its files wait for those of others. Once for each job. */
final class FilesTurn {
    private static final long SILENT_MILLIS = 15_000;
    private static final String WAITING = "Waiting to copy files: a cluster copies the files of at most "
            + Work.FILES.perCluster() + " jobs at a time, at most " + Work.FILES.perBuild() + " of one build";

    private final JobThreads threads;
    private final JobConsole console;
    private final AtomicBoolean told = new AtomicBoolean();

    FilesTurn(JobThreads threads, JobConsole console) {
        this.threads = threads;
        this.console = console;
    }

    /**
     * Wraps a task: if it is {@link Work#FILES} and has not started after a while, the build is told.
     *
     * @param delay milliseconds after which the task is due
     */
    Runnable told(Work work, Runnable task, long delay) {
        if (work != Work.FILES || told.get()) {
            return task;
        }
        AtomicBoolean begun = new AtomicBoolean();
        threads.schedule(
                Work.RECORD,
                () -> {
                    if (!begun.get() && threads.isFull(Work.FILES) && !told.getAndSet(true)) {
                        console.say(WAITING);
                    }
                },
                delay + SILENT_MILLIS);
        return () -> {
            begun.set(true);
            task.run();
        };
    }
}
