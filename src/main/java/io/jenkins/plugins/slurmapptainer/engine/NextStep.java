package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.concurrent.atomic.AtomicReference;

/** What comes next for a job, and waits for a thread, a time or somebody's answer. Begun once, by whoever is first. */
final class NextStep {
    private final AtomicReference<Runnable> waiting = new AtomicReference<>();

    /** @return begins the step, unless it has been begun or another one is next */
    Runnable is(Runnable step) {
        // An object of its own, whatever the step is: it is told from others by identity.
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

    /** Takes over the step that waits, if there is one. */
    @CheckForNull
    Runnable take() {
        return waiting.getAndSet(null);
    }
}
