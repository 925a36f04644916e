package io.jenkins.plugins.slurmapptainer.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Where jobs are started from; owns one {@link Monitor} per directory of jobs, so per cluster. */
public final class Engine {
    private final ScheduledExecutorService threads;
    private final Supplier<EngineSettings> settings;
    private final Map<String, Monitor> monitors = new ConcurrentHashMap<>();

    /**
     * @param threads runs everything that waits for a head node; one thread is used per cluster with jobs, further ones
     *     for moments
     * @param settings asked whenever they matter, so that a change concerns the jobs that are followed already
     */
    public Engine(ScheduledExecutorService threads, Supplier<EngineSettings> settings) {
        this.threads = threads;
        this.settings = settings;
    }

    public Engine(ScheduledExecutorService threads, EngineSettings settings) {
        this(threads, () -> settings);
    }

    /**
     * Prepares to carry a job on from where its record says it is; {@link JobRun#begin()} does so.
     *
     * @param headNodes of the record's cluster
     */
    public JobRun job(JobRecord record, JobHost host, HeadNodes headNodes) {
        String root = record.directory().root();
        Monitor monitor = monitors.computeIfAbsent(
                record.cluster() + "\n" + root, key -> new Monitor(root, headNodes, threads, settings));
        return new JobRun(record, host, headNodes, monitor, threads, settings);
    }
}
