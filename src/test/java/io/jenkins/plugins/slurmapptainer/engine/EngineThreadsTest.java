package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work on a machine that can make no thread for a while. */
class EngineThreadsTest {
    /** Seconds become milliseconds. */
    private static ScheduledExecutorService timer() {
        return new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(task, unit.toMillis(delay) / 1000, TimeUnit.MILLISECONDS);
            }
        };
    }

    @Test
    void workThatGetsNoThreadNowGetsOneLater() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        CountDownLatch done = new CountDownLatch(3);
        try (EngineThreads threads = new EngineThreads(
                task -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return Executors.defaultThreadFactory().newThread(task);
                },
                timer())) {
            JobThreads build = threads.of("c", "b");
            build.execute(Work.CALL, done::countDown);
            build.execute(Work.FILES, done::countDown);
            threads.monitors().execute(done::countDown);
            assertTrue(done.await(60, TimeUnit.SECONDS), "left: " + done.getCount());
        }
    }
}
