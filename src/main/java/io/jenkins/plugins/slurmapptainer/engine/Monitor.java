package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Follows all jobs of one head node with one call at a time, which returns as soon as there is news. Uses one thread
 * while there are jobs and none otherwise.
 */
final class Monitor {
    private static final Logger LOGGER = Logger.getLogger(Monitor.class.getName());
    private static final long LONG_POLL_MILLIS = 10_000;
    /** Gathers the output of jobs that print without pause into fewer answers. */
    private static final long BREATH_MILLIS = 100;
    /** With more output than this nobody pauses: it would only fall behind. */
    private static final long MANY_BYTES = 64 * 1024;

    /** Least time of a call that ends because something is to be shown without news. */
    private static final long MIN_POLL_MILLIS = 100;

    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long MAX_RETRY_MILLIS = 30_000;
    private static final long ACCOUNTING_REST_MILLIS = 600_000;

    private final String root;
    private final HeadNodes headNodes;
    private final ExecutorService threads;
    private final PollSchedule schedule;
    private final Map<String, MonitoredJob> jobs = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    /** Why squeue did not answer the last time, empty if it did. */
    private String queueTrouble = "";

    /** Accounting that is off or down is not asked again for a while. */
    private long noAccountingUntil = Long.MIN_VALUE;

    private boolean running;
    private boolean woken;
    private Thread interruptible;

    Monitor(String root, HeadNodes headNodes, ExecutorService threads, Supplier<EngineSettings> settings) {
        this.root = root;
        this.headNodes = headNodes;
        this.threads = threads;
        this.schedule = new PollSchedule(
                () -> settings.get().pollInterval().toMillis(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Follows some more jobs, from now on. */
    void follow(Collection<? extends MonitoredJob> more) {
        more.forEach(job -> jobs.put(job.watch().key(), job));
        synchronized (lock) {
            if (!running) {
                running = true;
                threads.execute(this::run);
            }
        }
        wake();
    }

    void forget(MonitoredJob job) {
        jobs.remove(job.watch().key());
    }

    /** Ends the current wait, because what is watched or wanted has changed. */
    void wake() {
        synchronized (lock) {
            woken = true;
            if (interruptible != null) {
                interruptible.interrupt();
            }
            lock.notifyAll();
        }
    }

    private void run() {
        boolean idle = false;
        try {
            followAll();
            idle = true;
        } finally {
            if (!idle) {
                // Whatever it was: the jobs must go on being followed.
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
            synchronized (lock) {
                woken = false;
                if (jobs.isEmpty() || threads.isShutdown()) {
                    running = false;
                    return;
                }
            }
            List<MonitoredJob> followed = new ArrayList<>(jobs.values());
            try {
                long bytes = round(followed);
                backoff.reset();
                pause(bytes > 0 && bytes < MANY_BYTES ? BREATH_MILLIS : 0);
            } catch (InterruptedException e) {
                LOGGER.log(Level.FINER, "woken");
            } catch (IOException | RuntimeException | Error e) {
                // An Error, too: the jobs must go on being followed when the trouble has passed.
                LOGGER.log(e instanceof IOException ? Level.FINE : Level.WARNING, "no answer from the head node", e);
                String why = e.getMessage() == null ? e.toString() : e.getMessage();
                followed.forEach(job -> safely(job, j -> j.silent(why)));
                pause(backoff.next());
            }
        }
    }

    /** @return number of bytes of output */
    private long round(List<MonitoredJob> followed) throws IOException, InterruptedException {
        HeadNode headNode = headNodes.any(followed.get(0).preferredAgent()).headNode();
        boolean urgent = followed.stream().anyMatch(MonitoredJob::wantsQueue);
        boolean waiting = followed.stream().anyMatch(MonitoredJob::isWaiting);
        long now = now();
        long delay = schedule.delay(now, urgent, waiting);
        ArrayList<ObservedJob> watches =
                followed.stream().map(MonitoredJob::watch).collect(Collectors.toCollection(ArrayList::new));
        ArrayList<String> accounting = delay == 0 && now >= noAccountingUntil
                ? ids(followed, MonitoredJob::wantsAccounting)
                : new ArrayList<>();
        ObserveRequest request = new ObserveRequest(
                root,
                watches,
                delay == 0,
                ids(followed, MonitoredJob::elsewhere),
                accounting,
                delay == 0 && followed.stream().anyMatch(MonitoredJob::wantsRestarts),
                Math.min(delay, longestWait(followed)));
        Observation answer = ask(headNode, request);
        if (request.askQueue()) {
            schedule.asked(now(), answer.queue() != null);
            queueTrouble = answer.queueError();
            if (!answer.accountingError().isEmpty()) {
                LOGGER.log(Level.FINE, "sacct: {0}", answer.accountingError());
                noAccountingUntil = now() + ACCOUNTING_REST_MILLIS;
            }
        }
        Map<String, JobNews> news =
                answer.news().stream().collect(Collectors.toMap(item -> item.key(), Function.identity(), (a, b) -> b));
        List<QueueEntry> listed = answer.queue();
        SlurmRows<QueueEntry> queue = listed == null ? null : QueueEntry.byId(listed);
        List<AccountingEntry> rows = answer.accounting();
        SlurmRows<AccountingEntry> known = rows == null ? null : new SlurmRows<>(rows, AccountingEntry::id);
        long bytes =
                answer.news().stream().mapToLong(item -> item.output().length).sum();
        LOGGER.log(
                Level.FINER,
                () -> "round of " + root + ": " + followed.size() + " jobs, news of " + news.size() + ", " + bytes
                        + " bytes of output, " + (request.askQueue() ? "squeue asked" : "squeue not asked"));
        if (bytes >= Observation.FULL_BYTES) {
            followed.forEach(job -> safely(job, MonitoredJob::crowded));
        }
        for (MonitoredJob job : followed) {
            JobNews item = news.get(job.watch().key());
            safely(job, j -> tell(j, item, queue, known));
        }
        return bytes;
    }

    private static long longestWait(List<MonitoredJob> followed) {
        long pause = followed.stream().mapToLong(MonitoredJob::pause).min().orElse(LONG_POLL_MILLIS);
        return Math.min(LONG_POLL_MILLIS, Math.max(MIN_POLL_MILLIS, pause));
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

    private static ArrayList<String> ids(List<MonitoredJob> followed, Function<MonitoredJob, String> which) {
        return followed.stream()
                .map(which)
                .filter(id -> !id.isEmpty())
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** A call that asks squeue is not interrupted: it returns soon, and asking twice would break the budget. */
    private Observation ask(HeadNode headNode, ObserveRequest request) throws IOException, InterruptedException {
        synchronized (lock) {
            if (!request.askQueue()) {
                if (woken) {
                    throw new InterruptedException();
                }
                interruptible = Thread.currentThread();
            }
        }
        try {
            return headNode.observe(request);
        } finally {
            synchronized (lock) {
                interruptible = null;
                Thread.interrupted();
            }
        }
    }

    private void pause(long millis) {
        long end = now() + millis;
        synchronized (lock) {
            try {
                for (long left = millis; left > 0 && !woken; left = end - now()) {
                    lock.wait(left);
                }
            } catch (InterruptedException e) {
                LOGGER.log(Level.FINER, "pause cut short");
            }
        }
    }

    /** One job's trouble never keeps the others from their news, and is told to whoever waits for the job. */
    private static void safely(MonitoredJob job, Consumer<MonitoredJob> action) {
        try {
            action.accept(job);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot follow " + job.watch().key());
            try {
                job.silent(e.toString());
            } catch (RuntimeException | Error again) {
                LOGGER.log(
                        Level.WARNING,
                        again,
                        () -> "cannot tell that of " + job.watch().key());
            }
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
