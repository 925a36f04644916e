package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What one thread waits for, again and again, and others may cut short: an answer or a time. */
final class LongPoll {
    private static final Logger LOGGER = Logger.getLogger(LongPoll.class.getName());

    private final Object lock = new Object();
    private boolean woken;

    @CheckForNull
    private Thread interruptible;

    /** A question that is waited for. */
    interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    /** What was woken for until now is dealt with from here on. */
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
     * @param mayEnd whether this may be cut short, by {@link InterruptedException}
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

    /** Lets so many milliseconds pass, or less when woken. */
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
