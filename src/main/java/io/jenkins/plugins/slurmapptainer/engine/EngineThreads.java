package io.jenkins.plugins.slurmapptainer.engine;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All threads of an engine: as many as there is work for, and one for the clock. Each kind of {@link Work} has its own
 * threads, and limits for each cluster and each build. The clock's thread passes work on and never waits. Work that
 * comes after {@link #close} is dropped. Safe for several threads.
 */
public final class EngineThreads implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(EngineThreads.class.getName());
    /** How soon to try again if this process could not make a thread. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService timer;
    private final Map<Work, Lanes> lanes = new EnumMap<>(Work.class);

    public EngineThreads(ThreadFactory factory) {
        this(factory, timer(factory));
    }

    /** @param timer for tests, whose time runs faster */
    EngineThreads(ThreadFactory factory, ScheduledExecutorService timer) {
        this.timer = timer;
        this.workers = new Workers(factory);
        for (Work work : Work.values()) {
            lanes.put(work, new Lanes(workers, work.perCluster(), work.perBuild()));
        }
    }

    private static ScheduledExecutorService timer(ThreadFactory factory) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, factory, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        // Made now, because later it might not be possible to make one.
        timer.prestartCoreThread();
        return timer;
    }

    /**
     * Threads for work. Work that gets no thread now, because this process or its machine can make none, is tried again
     * later.
     */
    private final class Workers extends ThreadPoolExecutor {
        private final AtomicLong told = new AtomicLong(System.nanoTime() - TELL_NANOS);

        Workers(ThreadFactory factory) {
            super(0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), factory, new DiscardPolicy());
        }

        @Override
        public void execute(Runnable task) {
            try {
                super.execute(task);
            } catch (Error e) {
                long now = System.nanoTime();
                if (now - told.getAndSet(now) >= TELL_NANOS) {
                    LOGGER.log(Level.WARNING, "no thread can be made now; the work waits", e);
                }
                timer.schedule(() -> execute(task), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** The threads for jobs of one build on one cluster. */
    public JobThreads of(String cluster, String build) {
        return new JobThreads() {
            @Override
            public void schedule(Work work, Runnable task, long delay) {
                if (delay <= 0) {
                    lanes.get(work).execute(cluster, build, task);
                } else {
                    timer.schedule(() -> execute(work, task), delay, TimeUnit.MILLISECONDS);
                }
            }

            @Override
            public boolean isFull(Work work) {
                return lanes.get(work).isFull(cluster, build);
            }
        };
    }

    /** Threads without limit, for the monitors: one for each cluster with jobs. */
    ExecutorService monitors() {
        return workers;
    }

    /** Number of working threads. */
    int active() {
        return workers.getActiveCount();
    }

    /** Ends everything that runs and drops everything that waits. Returns at once. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    /** Waits for the threads to end after {@link #close}. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return workers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until all due work is done, before {@link #close}. Monitors are no work. */
    public void awaitQuiet(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        // One kind of work may pass work to another kind, so all must be quiet in one round.
        for (int quiet = 0; quiet < lanes.size() && System.nanoTime() < end; ) {
            quiet = 0;
            for (Lanes each : lanes.values()) {
                quiet += each.isQuiet() ? 1 : 0;
                each.awaitQuiet((end - System.nanoTime()) / 1_000_000);
            }
        }
    }
}
