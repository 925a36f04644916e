package io.jenkins.plugins.slurmapptainer.engine;

import java.util.List;

/** Has one submitted job followed by the monitor: the job itself, or each of its tasks. */
final class Tracking {
    private final JobRecord job;
    private final JobHost host;
    private final Monitor monitor;
    private final JobThreads threads;
    private final JobOwner owner;
    private volatile List<JobTracker> followers = List.of();

    Tracking(JobRecord job, JobHost host, Monitor monitor, JobThreads threads, JobOwner owner) {
        this.job = job;
        this.host = host;
        this.monitor = monitor;
        this.threads = threads;
        this.owner = owner;
    }

    void begin() {
        followers = job.tasks().isEmpty()
                ? List.of(new JobTracker(job, host, owner, Tracking::now))
                : new ArrayTasks(job, host, threads, owner, monitor::forget, Tracking::now).followers();
        monitor.follow(followers);
    }

    void end() {
        followers.forEach(monitor::forget);
    }

    /** Whether the job's id has become that of another job, so that nothing may be done to it. */
    boolean isIdTaken() {
        return followers.stream().anyMatch(JobTracker::isIdTaken);
    }

    /** Milliseconds of a clock that only goes forward. */
    static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
