package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;

/** A file could not be opened in time. */
final class SlowFileException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowFileException(String message) {
        super(message);
    }
}
