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
import io.jenkins.plugins.slurmapptainer.engine.EngineThreads;
import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.JobThreads;
import io.jenkins.plugins.slurmapptainer.engine.Work;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.time.Duration;
import jenkins.model.Jenkins;

/**
 * The one engine of this controller, with its threads. It has no threads while no job is waited for. Safe for several
 * threads.
 */
@Extension
public final class SlurmEngine {
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    /**
     * The engine's own threads, not Jenkins' threads for remoting: they all end before Pipeline does, and nothing
     * starts after that.
     */
    private final EngineThreads threads =
            new EngineThreads(new NamingThreadFactory(new DaemonThreadFactory(), SlurmEngine.class.getName()));

    private final Engine engine = new Engine(threads, SlurmEngine::settings);

    public static SlurmEngine get() {
        return ExtensionList.lookupSingleton(SlurmEngine.class);
    }

    /** Runs a short task on another thread soon. The task must not wait for other machines. */
    public void execute(Runnable task) {
        schedule(task, Duration.ZERO);
    }

    /** The same, later. */
    public void schedule(Runnable task, Duration delay) {
        threads("", "").schedule(Work.CALL, task, delay.toMillis());
    }

    /** The threads for the work of one build on one cluster. */
    JobThreads threads(String cluster, String build) {
        return threads.of(cluster, build);
    }

    /** Prepares a job to continue from the state in its record. */
    public JobLifecycle job(JobRecord record, JobClient client) {
        return engine.job(record, client, headNodes(record.cluster()));
    }

    private static EngineSettings settings() {
        return SlurmGlobalConfiguration.get().engineSettings();
    }

    /**
     * The head nodes of a cluster. They are looked up at every use, because the label may be corrected while a job
     * runs.
     */
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

    /** Whether a cluster keeps the directories of successful jobs for some time. */
    static boolean keepsSucceeded(String name) {
        SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
        return configuration.getClusters().stream()
                .filter(cluster -> cluster.getName().equals(name))
                .anyMatch(cluster -> configuration.retention(cluster).keepSucceededMillis() > 0);
    }

    /** The directory of this controller's jobs on a cluster. Its name differs from those of other controllers. */
    static String root(SlurmCluster cluster) {
        String controller = "jenkins-" + Jenkins.get().getLegacyInstanceId().substring(0, 16);
        return JobDirectory.root(cluster.getSharedDirectory(), controller);
    }

    /**
     * Ends the threads. The jobs continue, and after the restart Jenkins finds them and continues their output. This
     * must happen before Pipeline suspends its builds and closes their logs; a terminator would come too late.
     */
    @Extension
    public static final class Shutdown extends ItemListener {
        @Override
        public void onBeforeShutdown() {
            EngineThreads threads = get().threads;
            threads.close();
            try {
                threads.awaitEnd(SHUTDOWN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
