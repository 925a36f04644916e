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

/** The one engine of this controller and its threads: none while no job is waited for. */
@Extension
public final class SlurmEngine {
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    /** Its own, not those of Jenkins for remoting: all end before Pipeline does, and nothing is begun any more then. */
    private final EngineThreads threads =
            new EngineThreads(new NamingThreadFactory(new DaemonThreadFactory(), SlurmEngine.class.getName()));

    private final Engine engine = new Engine(threads, SlurmEngine::settings);

    public static SlurmEngine get() {
        return ExtensionList.lookupSingleton(SlurmEngine.class);
    }

    /** Runs something soon, outside the calling thread, that asks no other machine. */
    public void execute(Runnable task) {
        schedule(task, Duration.ZERO);
    }

    /** The same, later. */
    public void schedule(Runnable task, Duration delay) {
        threads("", "").schedule(Work.CALL, task, delay.toMillis());
    }

    /** The threads for what a build wants of a cluster. */
    JobThreads threads(String cluster, String build) {
        return threads.of(cluster, build);
    }

    /** Prepares to carry a job on from where its record says it is. */
    public JobLifecycle job(JobRecord record, JobClient client) {
        return engine.job(record, client, headNodes(record.cluster()));
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
