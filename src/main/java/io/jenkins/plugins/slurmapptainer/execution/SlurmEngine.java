package io.jenkins.plugins.slurmapptainer.execution;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.slurmapptainer.agent.AgentHeadNodes;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.engine.Engine;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.JobHost;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.JobRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one engine of this controller and its threads: none while no job is waited for. */
@Extension
public final class SlurmEngine {
    /** One thread per cluster follows jobs; the others submit and cancel, one remote call each. */
    private static final int MAX_THREADS = 25;

    private static final long SHUTDOWN_SECONDS = 5;

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(
            MAX_THREADS, new NamingThreadFactory(new DaemonThreadFactory(), SlurmEngine.class.getName()));
    private final Map<Integer, Engine> engines = new ConcurrentHashMap<>();

    public SlurmEngine() {
        threads.setKeepAliveTime(1, TimeUnit.MINUTES);
        threads.allowCoreThreadTimeOut(true);
    }

    public static SlurmEngine get() {
        return ExtensionList.lookupSingleton(SlurmEngine.class);
    }

    /** Runs something soon, outside the calling thread. */
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Runs something later. */
    public void schedule(Runnable task, Duration delay) {
        threads.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Prepares to carry a job on from where its record says it is. */
    public JobRun job(JobRecord record, JobHost host) {
        int seconds = SlurmGlobalConfiguration.get().getPollSeconds();
        Engine engine = engines.computeIfAbsent(
                seconds,
                key -> new Engine(
                        threads, new EngineSettings(Duration.ofSeconds(key), EngineSettings.DEFAULTS.submitLimit())));
        // Looked up whenever it is needed: the label may be corrected while a job runs.
        return engine.job(record, host, preferred -> {
            SlurmCluster cluster = SlurmGlobalConfiguration.get().getClusters().stream()
                    .filter(candidate -> candidate.getName().equals(record.cluster()))
                    .findFirst()
                    .orElseThrow(
                            () -> new IOException("the cluster '" + record.cluster() + "' is no longer configured"));
            return new AgentHeadNodes(cluster.getHeadNodeLabel()).any(preferred);
        });
    }

    /** Ends the threads; the jobs go on and are found again after the restart, their output at the place it was. */
    @Terminator
    public static void shutdown() throws InterruptedException {
        for (SlurmEngine engine : ExtensionList.lookup(SlurmEngine.class)) {
            engine.threads.shutdownNow();
            engine.threads.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        }
    }
}
