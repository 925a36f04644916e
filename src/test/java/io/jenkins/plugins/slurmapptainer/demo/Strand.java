package io.jenkins.plugins.slurmapptainer.demo;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Lock;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * One line of a script's execution: the script itself, or a branch of {@code parallel}. As in Jenkins only one of them runs
 * the script's own code at a time, and the others go on while it waits.
 */
final class Strand {
    private static final ThreadLocal<Strand> CURRENT = new ThreadLocal<>();

    private final Lock turn;
    private final Thread thread = Thread.currentThread();
    private final List<Throwable> limits = new ArrayList<>();
    private Scope scope;
    private FlowInterruptedException stop;

    private Strand(Lock turn, Scope scope) {
        this.turn = turn;
        this.scope = scope;
    }

    static Strand current() {
        return CURRENT.get();
    }

    /** Runs a script or branch on this thread. */
    static <T> T run(Lock turn, Scope scope, Callable<T> body) throws Exception {
        return new Strand(turn, scope).run(body);
    }

    private <T> T run(Callable<T> body) throws Exception {
        turn.lock();
        CURRENT.set(this);
        try {
            return body.call();
        } finally {
            CURRENT.remove();
            turn.unlock();
        }
    }

    Lock turn() {
        return turn;
    }

    Scope scope() {
        return scope;
    }

    /** Runs a block's body in another scope. */
    <T> T in(Scope inner, Callable<T> body) throws Exception {
        Scope outer = scope;
        scope = inner;
        try {
            return body.call();
        } finally {
            scope = outer;
        }
    }

    /**
     * Waits for something, while other branches may go on.
     *
     * @throws FlowInterruptedException when this strand is stopped meanwhile, or was before
     */
    <T> T waiting(Callable<T> work) throws Exception {
        turn.unlock();
        try {
            throwStop();
            return work.call();
        } catch (InterruptedException e) {
            throwStop();
            throw e;
        } finally {
            turn.lock();
        }
    }

    private synchronized void throwStop() throws FlowInterruptedException {
        FlowInterruptedException cause = stop;
        stop = null;
        if (cause != null) {
            Thread.interrupted();
            throw cause;
        }
    }

    /** Ends what this strand waits for, or its next wait. Called by any thread. */
    synchronized void stop(FlowInterruptedException cause) {
        stop = cause;
        thread.interrupt();
    }

    /** A limit for this strand begins to hold. */
    synchronized void limited(Throwable cause) {
        limits.add(cause);
    }

    /** The limit no longer holds, and neither does what it has stopped. */
    synchronized void unlimited(Throwable cause) {
        limits.remove(cause);
        if (stop == cause) {
            stop = null;
            Thread.interrupted();
        }
    }

    /** Whether a failure means that a block around this place is to end. */
    synchronized boolean isStoppedBy(@CheckForNull Throwable failure) {
        return limits.contains(failure);
    }
}
