package io.jenkins.plugins.slurmapptainer.execution;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.engine.Engine;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.HeadNodes;
import io.jenkins.plugins.slurmapptainer.engine.JobHost;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.JobRun;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;

/** The one engine of this controller and its threads: none while no job is waited for. */
@Extension
public final class SlurmEngine {
    /** One thread per cluster follows jobs; the others submit and cancel, one remote call each. */
    private static final int MAX_THREADS = 25;

    private static final long SHUTDOWN_SECONDS = 5;

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(
            MAX_THREADS,
            new NamingThreadFactory(new DaemonThreadFactory(), SlurmEngine.class.getName()),
            // Nothing is begun any more when Jenkins ends; it is all found again after the restart.
            new ThreadPoolExecutor.DiscardPolicy());
    private final Engine engine = new Engine(threads, SlurmEngine::settings);

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
        return engine.job(record, host, headNodes(record.cluster()));
    }

    private static EngineSettings settings() {
        return SlurmGlobalConfiguration.get().engineSettings();
    }

    /** The head nodes of a cluster; looked up at every use, because its label may be corrected while a job runs. */
    static HeadNodes headNodes(String name) {
        return preferred -> {
            SlurmCluster cluster = SlurmGlobalConfiguration.get().getClusters().stream()
                    .filter(candidate -> candidate.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the cluster '" + name + "' is no longer configured"));
            return cluster.headNodes().any(preferred);
        };
    }

    /** Whether an agent runs on a head node of any cluster. */
    static boolean isHeadNode(String agent) {
        return SlurmGlobalConfiguration.get().getClusters().stream()
                .anyMatch(cluster -> cluster.headNodes().includes(agent));
    }

    /** Whether the directories of jobs that succeeded stay for some time on a cluster. */
    static boolean keepsSucceeded(String name) {
        SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
        return configuration.getClusters().stream()
                .filter(cluster -> cluster.getName().equals(name))
                .anyMatch(cluster -> configuration.retention(cluster).keepSucceededMillis() > 0);
    }

    /** The directory of this controller's jobs on a cluster; its name tells them from those of other controllers. */
    static String root(SlurmCluster cluster) {
        String controller = "jenkins-" + Jenkins.get().getLegacyInstanceId().substring(0, 16);
        return JobDirectory.root(cluster.getSharedDirectory(), controller);
    }

    /**
     * Ends the threads; the jobs go on and are found again after the restart, their output at the place it was. Before
     * Pipeline suspends its builds and closes their logs, which a terminator would come too late for.
     */
    @Extension
    public static final class Shutdown extends ItemListener {
        @Override
        public void onBeforeShutdown() {
            ScheduledThreadPoolExecutor threads = get().threads;
            threads.shutdownNow();
            try {
                threads.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
