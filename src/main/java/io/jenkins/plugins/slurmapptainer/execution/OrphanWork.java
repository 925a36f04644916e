package io.jenkins.plugins.slurmapptainer.execution;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.engine.Ghosts;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.Orphans;
import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Ends jobs that no build waits for. These are jobs whose build has ended or was deleted, and jobs that have ended but
 * that Slurm still treats as running. If an administrator wants it, also jobs in the queue that carry this controller's
 * mark but are not known to it. Each round calls {@code squeue} once per cluster. Jenkins runs it on a thread of its
 * own, never twice at once.
 */
@Extension
public final class OrphanWork extends AsyncPeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(OrphanWork.class.getName());

    /** System property, in seconds: replaces {@link Ghosts#PATIENCE} if a site's nodes need longer to come back. */
    private static final String PATIENCE = OrphanWork.class.getName() + ".patienceSeconds";

    /** The key is the controller's directory on the cluster. Used only by this work's thread. */
    private final Map<String, Orphans> looks = new HashMap<>();

    private final Map<String, Ghosts> ghosts = new HashMap<>();
    private final Duration patience;
    /** The jobs in the queue that were already reported. The key is the controller's directory on the cluster. */
    private final Map<String, Set<String>> told = new HashMap<>();

    public OrphanWork() {
        this(Duration.ofSeconds(Long.getLong(PATIENCE, Ghosts.PATIENCE.toSeconds())));
    }

    /** @param patience how long to wait when a job has ended but Slurm still has it in its queue */
    OrphanWork(Duration patience) {
        super("Slurm jobs without a build");
        this.patience = patience;
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(10);
    }

    /** Another round is needed for what has happened during this one. */
    @Override
    protected boolean queueIfAlreadyRunning() {
        return true;
    }

    /** Gives Pipelines time to find their jobs after a restart. */
    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(2);
    }

    @Override
    protected void execute(TaskListener listener) throws InterruptedException {
        endAbandoned();
        for (SlurmCluster cluster : SlurmGlobalConfiguration.get().getClusters()) {
            try {
                lookAt(cluster);
            } catch (IOException | RuntimeException e) {
                listener.getLogger().println("Cluster " + cluster.getName() + " cannot be asked: " + e.getMessage());
            }
        }
    }

    private static void endAbandoned() {
        for (UnfinishedJob job : UnfinishedJobs.get().all()) {
            try {
                endIfAbandoned(job);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "cannot end the job of " + job.build());
            }
        }
    }

    private static void endIfAbandoned(UnfinishedJob job) {
        Run<?, ?> run = job.find();
        if (run != null && run.isBuilding()) {
            return;
        }
        JobLifecycle followed = UnfinishedJobs.get().followed(job.record());
        if (followed == null) {
            new AbandonedJob(job, run).end();
        } else if (!followed.record().isCancelling()) {
            followed.cancel();
        }
    }

    private void lookAt(SlurmCluster cluster) throws IOException, InterruptedException {
        String root = SlurmEngine.root(cluster);
        HeadNode node = SlurmEngine.headNodes(cluster.getName()).any("").headNode();
        List<JobRecord> ended = UnfinishedJobs.get().ended(cluster.getName());
        ArrayList<String> elsewhere = ended.stream()
                .map(job -> JobId.elsewhere(job.jobId()))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        Observation answer = node.observe(
                new ObserveRequest(root, WatchChanges.once(List.of()), true, elsewhere, new ArrayList<>(), false, 0));
        if (answer.queue() == null) {
            throw new IOException(answer.queueError());
        }
        Ghosts.Look left = ghosts.computeIfAbsent(root, any -> new Ghosts(patience, LOGGER::warning))
                .look(node, ended, answer.queue(), System.nanoTime() / 1_000_000);
        left.gone().forEach(UnfinishedJobs.get()::confirmed);
        if (left.again()) {
            SlurmEngine.get().schedule(this::doRun, patience);
        }
        Orphans look = looks.computeIfAbsent(root, Orphans::new);
        Set<QueueEntry> orphans =
                look.among(answer.queue(), UnfinishedJobs.get()::knows).keySet();
        Set<String> names = orphans.stream().map(QueueEntry::id).collect(Collectors.toSet());
        told.computeIfAbsent(root, any -> new HashSet<>()).retainAll(names);
        for (QueueEntry orphan : orphans) {
            orphan(cluster, node, orphan);
        }
    }

    private void orphan(SlurmCluster cluster, HeadNode node, QueueEntry job) throws IOException, InterruptedException {
        String name = "job " + job.id() + " on cluster " + cluster.getName() + " (" + job.printedState() + ")";
        if (SlurmGlobalConfiguration.get().isCancelOrphans()) {
            CancelAnswer answer = node.cancel(new CancelRequest(job.id(), job.comment(), CancelRequest.How.ORDERLY));
            LOGGER.log(Level.WARNING, words(answer), new Object[] {name, answer.text()});
        } else if (told.get(SlurmEngine.root(cluster)).add(job.id())) {
            LOGGER.log(
                    Level.WARNING,
                    "This Jenkins submitted {0}, but no build knows it. Cancel it with scancel {1}, or let Jenkins"
                            + " cancel such jobs: Manage Jenkins, System, Slurm",
                    new Object[] {name, job.id()});
        }
    }

    private static String words(CancelAnswer answer) {
        switch (answer.result()) {
            case TAKEN:
                return "cancelled {0}, which no build knows";
            case GONE:
                return "{0}, which no build knows, has gone by itself";
            case ANOTHERS:
                return "nothing is cancelled: another job now has the id of {0}, which no build knew";
            default:
                return "cannot cancel {0}: {1}";
        }
    }

    /**
     * Starts a round when a build ends before its jobs, because it was killed or Pipeline has ended its {@code node}
     * block.
     */
    @Extension
    public static final class OnEnd extends RunListener<Run<?, ?>> {
        /** After this time the build itself says that it has ended. */
        private static final Duration DELAY = Duration.ofSeconds(1);

        @Override
        public void onFinalized(Run<?, ?> run) {
            SlurmJobsAction action = run.getAction(SlurmJobsAction.class);
            if (action != null && action.getJobs().stream().anyMatch(job -> job.phase() != JobRecord.Phase.ENDED)) {
                SlurmEngine.get()
                        .schedule(
                                () -> ExtensionList.lookupSingleton(OrphanWork.class)
                                        .doRun(),
                                DELAY);
            }
        }
    }

    /** Starts a round when a head node is back, to end what could not be ended meanwhile. */
    @Extension
    public static final class OnReturn extends ComputerListener {
        @Override
        public void onOnline(Computer computer, TaskListener listener) {
            boolean ready = Jenkins.get().getInitLevel() == InitMilestone.COMPLETED;
            if (ready && SlurmEngine.isHeadNode(computer.getName())) {
                ExtensionList.lookupSingleton(OrphanWork.class).doRun();
            }
        }
    }
}
