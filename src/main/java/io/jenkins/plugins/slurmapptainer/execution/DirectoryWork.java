package io.jenkins.plugins.slurmapptainer.execution;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.slurmapptainer.config.JobRetention;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.SweepReports;
import io.jenkins.plugins.slurmapptainer.headnode.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SweepRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes directories of ended jobs from the shared file systems when the configured time is over. Each round makes a
 * few short calls per cluster. The next round removes what is left. Jenkins runs it on a thread of its own.
 */
@Extension
public final class DirectoryWork extends AsyncPeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(DirectoryWork.class.getName());
    private static final Duration CALL_LIMIT = Duration.ofMinutes(1);
    private static final int MAX_CALLS = 30;

    public DirectoryWork() {
        super("Slurm job directories");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.HOURS.toMillis(6);
    }

    /** By then, Pipelines have found their jobs and the agents are online. */
    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(15);
    }

    @Override
    protected void execute(TaskListener listener) throws InterruptedException {
        for (SlurmCluster cluster : SlurmGlobalConfiguration.get().getClusters()) {
            String name = cluster.getName();
            try {
                SweepAnswer answer = sweep(cluster);
                SweepReports.get().swept(name, answer);
                tell(listener, answer.problems().isEmpty() ? Level.INFO : Level.WARNING, name, answer);
            } catch (IOException | RuntimeException e) {
                SweepReports.get().failed(name, String.valueOf(e.getMessage()));
                listener.getLogger().println("Cluster " + name + ": " + e.getMessage());
            }
        }
    }

    private static void tell(TaskListener listener, Level problems, String cluster, SweepAnswer answer) {
        String line = "Cluster " + cluster + ": " + answer.text();
        listener.getLogger().println(line);
        boolean nothing = answer.removed() == 0 && answer.bytes() == 0 && problems == Level.INFO;
        LOGGER.log(nothing ? Level.FINE : problems, "{0}", line);
    }

    private static SweepAnswer sweep(SlurmCluster cluster) throws IOException, InterruptedException {
        JobRetention retention = SlurmGlobalConfiguration.get().retention(cluster);
        SweepAnswer all = SweepAnswer.NOTHING;
        for (int i = 0; i == 0 || all.more() && i < MAX_CALLS; i++) {
            // Looked up for each call, so that a job that has started meanwhile keeps its directory.
            all = all.then(cluster.headNodes()
                    .sweep(new SweepRequest(
                            SlurmEngine.root(cluster),
                            UnfinishedJobs.get().tokens(),
                            retention.keepFailedMillis(),
                            retention.keepSucceededMillis(),
                            CALL_LIMIT.toMillis())));
        }
        return all;
    }
}
