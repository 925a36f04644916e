package io.jenkins.plugins.slurmapptainer.waiting;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Waiting in tests: for what has to become so, and for what must not happen. Conditions are asked in the thread of the test, which has
 * the rights that they need and which its time limit interrupts.
 */
public final class Waits {
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Waits() {}

    /** The begin of a wait that fails when the time is over: {@code within(limit).until(condition)}. */
    public static ConditionFactory within(Duration limit) {
        return Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(INTERVAL)
                .atMost(limit);
    }

    /** The same for conditions that cost something, such as a command of Slurm. */
    public static ConditionFactory within(Duration limit, Duration interval) {
        return within(limit).pollInterval(interval);
    }

    /**
     * Watches for a while that nothing happens.
     *
     * @param sign what shows that it has happened; said when the condition fails
     * @param condition holds as long as it has not
     */
    public static void stays(String sign, Duration time, Callable<Boolean> condition) {
        within(time.plusSeconds(30))
                .during(time)
                .failFast(sign, () -> !condition.call())
                .until(condition);
    }
}
