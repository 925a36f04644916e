package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Stops a command together with all that it has started. Takes some three seconds at most. */
final class ProcessEnd {
    private static final int ROUND_MILLIS = 20;

    private static final int ROUNDS_FOR_CHILDREN = 25;

    private static final int ROUNDS_BEFORE_KILL = 100;

    private final Process process;

    /** Nobody finds a process by its parent when that has ended. */
    private final Set<ProcessHandle> children = new LinkedHashSet<>();

    private ProcessEnd(Process process) {
        this.process = process;
    }

    /** Does nothing to a command that has ended, nor to what it has left behind. */
    static void of(Process process) throws InterruptedException {
        if (process.isAlive()) {
            ProcessEnd end = new ProcessEnd(process);
            try {
                end.ask();
            } finally { // also when this thread is interrupted
                end.kill();
            }
        }
    }

    private void ask() throws InterruptedException {
        askChildren();
        process.destroy();
        for (int i = 0; i < ROUNDS_BEFORE_KILL && isAlive(); i++) {
            TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        }
    }

    private void kill() {
        find();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private boolean isAlive() {
        return process.isAlive() || children.stream().anyMatch(ProcessHandle::isAlive);
    }

    private void find() {
        for (ProcessHandle child : List.copyOf(children)) {
            child.descendants().forEach(children::add);
        }
        process.descendants().forEach(children::add);
    }

    /** Goes before the end of their parent. It may start another in the meantime, so that this looks again. */
    private void askChildren() throws InterruptedException {
        for (int i = 0; i < ROUNDS_FOR_CHILDREN; i++) {
            find();
            List<ProcessHandle> alive =
                    children.stream().filter(ProcessHandle::isAlive).toList();
            if (alive.isEmpty()) {
                return;
            }
            alive.forEach(ProcessHandle::destroy);
            TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        }
    }
}
