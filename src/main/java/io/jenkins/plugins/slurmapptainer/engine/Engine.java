package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The start of all jobs. It has one {@link Monitor} for each directory of jobs, so one for each cluster. Safe for
 * several threads.
 */
public final class Engine {
    private final EngineThreads threads;
    private final Supplier<EngineSettings> settings;
    private final Map<String, Monitor> monitors = new ConcurrentHashMap<>();

    /**
     * @param threads run everything that waits for a head node or the console; the caller must close them
     * @param settings asked whenever they matter, so that a change also affects running jobs
     */
    public Engine(EngineThreads threads, Supplier<EngineSettings> settings) {
        this.threads = threads;
        this.settings = settings;
    }

    public Engine(EngineThreads threads, EngineSettings settings) {
        this(threads, () -> settings);
    }

    /**
     * Prepares a job to continue from the state in its record. {@link JobLifecycle#begin()} starts it.
     *
     * @param headNodes the head nodes of the record's cluster
     */
    public JobLifecycle job(JobRecord record, JobClient client, HeadNodes headNodes) {
        String root = record.directory().root();
        Monitor monitor = monitors.computeIfAbsent(
                record.cluster() + "\n" + root, key -> new Monitor(root, headNodes, threads.monitors(), settings));
        JobThreads own = threads.of(record.cluster(), client.build());
        return new JobLifecycle(record, client, headNodes, monitor, own, settings);
    }
}
