package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Tracks all jobs of one head node. It makes one call at a time, which returns as soon as there is news. It uses one
 * thread while there are jobs, and none otherwise.
 */
final class Monitor {
    private static final Logger LOGGER = Logger.getLogger(Monitor.class.getName());
    private static final long LONG_POLL_MILLIS = 10_000;
    /** A pause that lets the output of busy jobs gather into fewer answers. */
    private static final long BREATH_MILLIS = 100;
    /** With more output than this there is no pause, because the monitor would only fall behind. */
    private static final long MANY_BYTES = 64 * 1024;

    /** Shortest time of a call that ends because something must be shown without news. */
    private static final long MIN_POLL_MILLIS = 100;

    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long MAX_RETRY_MILLIS = 30_000;
    private static final long ACCOUNTING_REST_MILLIS = 600_000;

    private final String root;
    private final HeadNodes headNodes;
    private final ExecutorService threads;
    private final PollSchedule schedule;
    private final FollowedJobs jobs = new FollowedJobs();
    private final LongPoll poll = new LongPoll();
    private final Object lock = new Object();
    /** Why squeue did not answer the last time, empty if it did. */
    private String queueTrouble = "";

    /** Until when not to ask the accounting, because it is off or down. */
    private long noAccountingUntil = Long.MIN_VALUE;

    /** When to call all jobs again, even without news. */
    private long everybodyAt = Long.MIN_VALUE;

    private boolean running;

    Monitor(String root, HeadNodes headNodes, ExecutorService threads, Supplier<EngineSettings> settings) {
        this.root = root;
        this.headNodes = headNodes;
        this.threads = threads;
        this.schedule = new PollSchedule(
                () -> settings.get().pollInterval().toMillis(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Tracks some more jobs from now on. */
    void follow(Collection<? extends MonitoredJob> more) {
        more.forEach(jobs::add);
        synchronized (lock) {
            if (!running) {
                running = true;
                threads.execute(this::run);
            }
        }
        poll.wake();
    }

    void forget(MonitoredJob job) {
        jobs.remove(job);
    }

    /** Ends the current wait, because the head node must be asked something else. */
    void wake() {
        jobs.touchAll();
        poll.wake();
    }

    private void run() {
        boolean idle = false;
        try {
            followAll();
            idle = true;
        } finally {
            if (!idle) {
                // Whatever happened, the jobs must still be tracked.
                synchronized (lock) {
                    running = false;
                }
                follow(List.of());
            }
        }
    }

    private void followAll() {
        Backoff backoff = new Backoff(FIRST_RETRY_MILLIS, MAX_RETRY_MILLIS);
        while (true) {
            poll.begin();
            synchronized (lock) {
                if (jobs.isEmpty() || threads.isShutdown()) {
                    running = false;
                    return;
                }
            }
            try {
                jobs.refresh();
                long bytes = jobs.isEmpty() ? 0 : round();
                backoff.reset();
                poll.pause(bytes > 0 && bytes < MANY_BYTES ? BREATH_MILLIS : 0);
            } catch (InterruptedException e) {
                LOGGER.log(Level.FINER, "woken");
            } catch (IOException | RuntimeException | Error e) {
                // Also for an Error: the jobs must be tracked again when the trouble is over.
                LOGGER.log(e instanceof IOException ? Level.FINE : Level.WARNING, "no answer from the head node", e);
                jobs.unconfirm();
                String why = e.getMessage() == null ? e.toString() : e.getMessage();
                tell(jobs.all(), job -> job.silent(why));
                poll.pause(backoff.next());
            }
        }
    }

    /** @return number of bytes of output */
    private long round() throws IOException, InterruptedException {
        HeadNodes.Found found = headNodes.any(jobs.preferredAgent());
        long delay = schedule.delay(now(), jobs.isUrgent(), jobs.isWaiting());
        ObserveRequest request = request(jobs.changes(found.agent()), delay);
        // A call that asks squeue is not ended early. It returns soon, and asking twice would exceed the limit of
        // calls.
        Observation answer = poll.ask(() -> found.headNode().observe(request), !request.askQueue());
        if (answer.listUnknown()) {
            if (request.watches().isWhole()) {
                throw new IOException("the head node does not know what it was told to watch");
            }
            LOGGER.log(Level.FINE, "the head node has to be told anew what is watched below {0}", root);
            jobs.unconfirm();
            return 0;
        }
        Map<String, JobNews> news = jobs.checked(answer.news());
        jobs.confirm(request.watches());
        if (request.askQueue()) {
            asked(answer);
        }
        return tell(request, answer, news);
    }

    private ObserveRequest request(WatchChanges changes, long delay) {
        boolean asks = delay == 0;
        return new ObserveRequest(
                root,
                changes,
                asks,
                asks ? ids(MonitoredJob::elsewhere) : new ArrayList<>(),
                asks && now() >= noAccountingUntil ? ids(MonitoredJob::wantsAccounting) : new ArrayList<>(),
                asks && jobs.all().stream().anyMatch(MonitoredJob::wantsRestarts),
                Math.min(delay, longestWait()));
    }

    private void asked(Observation answer) {
        schedule.asked(now(), answer.queue() != null);
        queueTrouble = answer.queueError();
        if (!answer.accountingError().isEmpty()) {
            LOGGER.log(Level.FINE, "sacct: {0}", answer.accountingError());
            noAccountingUntil = now() + ACCOUNTING_REST_MILLIS;
        }
    }

    /**
     * Tells the jobs. All jobs hear what Slurm has said, and now and then that there is nothing new. Otherwise only
     * jobs with news hear of it.
     */
    private long tell(ObserveRequest request, Observation answer, Map<String, JobNews> news) {
        long bytes =
                answer.news().stream().mapToLong(item -> item.output().length).sum();
        LOGGER.log(
                Level.FINER,
                () -> "round of " + root + ": " + jobs.size() + " jobs, news of " + news.size() + ", " + bytes
                        + " bytes of output, " + (request.askQueue() ? "squeue asked" : "squeue not asked"));
        boolean everybody = request.askQueue() || now() >= everybodyAt;
        if (everybody) {
            everybodyAt = now() + LONG_POLL_MILLIS;
        }
        List<QueueEntry> listed = answer.queue();
        SlurmRows<QueueEntry> queue = listed == null ? null : QueueEntry.byId(listed);
        List<AccountingEntry> rows = answer.accounting();
        SlurmRows<AccountingEntry> known = rows == null ? null : new SlurmRows<>(rows, AccountingEntry::id);
        Collection<MonitoredJob> some = everybody ? jobs.all() : jobs.toBeTold(news.keySet());
        if (bytes >= Observation.FULL_BYTES) {
            some.forEach(job -> safely(job, MonitoredJob::crowded));
        }
        tell(some, job -> tell(job, news.get(job.key()), queue, known));
        return bytes;
    }

    private void tell(Collection<MonitoredJob> some, Consumer<MonitoredJob> what) {
        List<MonitoredJob> told = List.copyOf(some);
        told.forEach(job -> safely(job, what));
        jobs.told(told);
    }

    private long longestWait() {
        return Math.min(LONG_POLL_MILLIS, Math.max(MIN_POLL_MILLIS, jobs.pause()));
    }

    private void tell(
            MonitoredJob job,
            @CheckForNull JobNews news,
            @CheckForNull SlurmRows<QueueEntry> queue,
            @CheckForNull SlurmRows<AccountingEntry> accounting) {
        if (queueTrouble.isEmpty()) {
            job.answered();
        }
        job.observed(news, queue, accounting);
        if (!queueTrouble.isEmpty()) {
            job.silent(queueTrouble);
        }
    }

    private ArrayList<String> ids(Function<MonitoredJob, String> which) {
        return jobs.all().stream()
                .map(which)
                .filter(id -> !id.isEmpty())
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Calls one job. Its trouble must not keep others from their news, and is reported to its client. */
    private static void safely(MonitoredJob job, Consumer<MonitoredJob> action) {
        try {
            action.accept(job);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot follow " + job.key());
            try {
                job.silent(e.toString());
            } catch (RuntimeException | Error again) {
                LOGGER.log(Level.WARNING, again, () -> "cannot tell that of " + job.key());
            }
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
