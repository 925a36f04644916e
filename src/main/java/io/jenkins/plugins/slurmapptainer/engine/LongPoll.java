package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Waits repeatedly for an answer or a time, on one thread. Other threads may end the wait early. */
final class LongPoll {
    private static final Logger LOGGER = Logger.getLogger(LongPoll.class.getName());

    private final Object lock = new Object();
    private boolean woken;

    @CheckForNull
    private Thread interruptible;

    /** A question whose answer is waited for. */
    interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    /** Forgets earlier calls of {@link #wake}, because what they announced is handled from here on. */
    void begin() {
        synchronized (lock) {
            woken = false;
        }
    }

    /** Ends the current wait, or the next one if there is none. */
    void wake() {
        synchronized (lock) {
            woken = true;
            if (interruptible != null) {
                interruptible.interrupt();
            }
            lock.notifyAll();
        }
    }

    /**
     * Asks.
     *
     * @param mayEnd whether {@link #wake} may end this early, by {@link InterruptedException}
     */
    <T> T ask(Question<T> question, boolean mayEnd) throws IOException, InterruptedException {
        synchronized (lock) {
            if (mayEnd) {
                if (woken) {
                    throw new InterruptedException();
                }
                interruptible = Thread.currentThread();
            }
        }
        try {
            return question.ask();
        } finally {
            synchronized (lock) {
                interruptible = null;
                Thread.interrupted();
            }
        }
    }

    /** Waits for this time in milliseconds, or less if woken. */
    void pause(long millis) {
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

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
