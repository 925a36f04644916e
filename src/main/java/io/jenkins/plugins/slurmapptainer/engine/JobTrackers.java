package io.jenkins.plugins.slurmapptainer.engine;

import java.util.List;

/** The trackers of one submitted job: one for the job itself, or one for each of its tasks. */
final class JobTrackers {
    private final JobRecord job;
    private final JobClient client;
    private final Monitor monitor;
    private final JobThreads threads;
    private volatile List<JobTracker> all = List.of();

    JobTrackers(JobRecord job, JobClient client, Monitor monitor, JobThreads threads) {
        this.job = job;
        this.client = client;
        this.monitor = monitor;
        this.threads = threads;
    }

    /** @param owner is asked for whatever they find necessary */
    void begin(JobOwner owner) {
        all = job.tasks().isEmpty()
                ? List.of(new JobTracker(TrackedJob.of(job, client), owner, JobTrackers::now))
                : new ArrayTasks(job, client, threads, owner, monitor::forget, JobTrackers::now).trackers();
        monitor.follow(all);
    }

    void end() {
        all.forEach(monitor::forget);
    }

    /** Whether the job's id now belongs to another job, so that nothing may be done to it. */
    boolean isIdTaken() {
        return all.stream().anyMatch(JobTracker::isIdTaken);
    }

    /** Milliseconds of a clock that never goes back. */
    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
