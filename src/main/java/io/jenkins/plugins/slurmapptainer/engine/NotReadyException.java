package io.jenkins.plugins.slurmapptainer.engine;

import java.io.IOException;
import java.time.Duration;

/** Something that a job needs is being made; the host has said what. To be asked again after a pause. */
public final class NotReadyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /** @param pause before the next try */
    public NotReadyException(String what, Duration pause) {
        super(what);
        this.pause = pause;
    }

    public Duration pause() {
        return pause;
    }
}
