package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;

/** One long call, made again and again perhaps, that somebody else may break off for good. */
final class Interruption {
    /** The call. */
    interface Call<V> {
        V make() throws IOException, InterruptedException;
    }

    @CheckForNull
    private Thread calling;

    private boolean unwanted;

    /** @throws InterruptedException when the call was broken off, by {@link #interrupt} or by the end of its thread's pool */
    <V> V during(Call<V> call) throws IOException, InterruptedException {
        synchronized (this) {
            if (unwanted) {
                throw new InterruptedException();
            }
            calling = Thread.currentThread();
        }
        try {
            return call.make();
        } finally {
            synchronized (this) {
                calling = null;
                if (unwanted) {
                    // Meant for the call alone.
                    Thread.interrupted();
                }
            }
        }
    }

    /** Breaks the call off, or keeps it from being made. */
    synchronized void interrupt() {
        unwanted = true;
        if (calling != null) {
            calling.interrupt();
        }
    }
}
