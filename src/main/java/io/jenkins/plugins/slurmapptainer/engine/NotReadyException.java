package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Something that a job needs is not ready, and the client has said what. The engine must ask again after a pause, or
 * when it is ready.
 */
public final class NotReadyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    @CheckForNull
    private final transient CompletionStage<?> made;

    /** @param pause time before the next try */
    public NotReadyException(String what, Duration pause) {
        super(what);
        this.pause = pause;
        this.made = null;
    }

    /** @param made completed when it is time for the next try; its value does not matter */
    public NotReadyException(String what, CompletionStage<?> made) {
        super(what);
        this.pause = Duration.ZERO;
        this.made = made;
    }

    /** Completed when it is time for the next try; {@code null} if there is only a {@link #pause}. */
    @CheckForNull
    CompletionStage<?> made() {
        return made;
    }

    public Duration pause() {
        return pause;
    }
}
