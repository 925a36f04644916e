package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;

/** A long call that another thread may stop for good. The call may be repeated. */
final class Interruption {
    /** The call. */
    interface Call<V> {
        V make() throws IOException, InterruptedException;
    }

    @CheckForNull
    private Thread calling;

    private boolean unwanted;

    /**
     * @throws InterruptedException when the call was stopped, by {@link #interrupt} or by the end of its thread's pool
     */
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
                    // The interrupt was meant only for the call.
                    Thread.interrupted();
                }
            }
        }
    }

    /** Stops the call, or prevents it. */
    synchronized void interrupt() {
        unwanted = true;
        if (calling != null) {
            calling.interrupt();
        }
    }
}
