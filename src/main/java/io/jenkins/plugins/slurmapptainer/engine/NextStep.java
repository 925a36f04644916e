package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The next step of a job, which waits for a thread, a time or an answer. Whoever is first starts it, and it runs only
 * once.
 */
final class NextStep {
    private final AtomicReference<Runnable> waiting = new AtomicReference<>();

    /** @return starts the step, unless it has been started or replaced by another one */
    Runnable is(Runnable step) {
        // Always a new object, because steps are compared by identity.
        Runnable next = new Runnable() {
            @Override
            public void run() {
                step.run();
            }
        };
        waiting.set(next);
        return () -> {
            if (waiting.compareAndSet(next, null)) {
                next.run();
            }
        };
    }

    /** Takes the waiting step, if there is one. */
    @CheckForNull
    Runnable take() {
        return waiting.getAndSet(null);
    }
}
