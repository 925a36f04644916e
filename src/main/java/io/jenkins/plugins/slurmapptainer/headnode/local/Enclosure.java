package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory that no access can leave. Files are found by their paths, but are opened only in directories that are
 * below it at that moment. Links that others make on the way meanwhile have no effect. Safe for several threads.
 */
final class Enclosure implements Closeable {
    private final HeldDirectory base;
    private final Path real;

    private Enclosure(HeldDirectory base, Path real) {
        this.base = base;
        this.real = real;
    }

    /** @param base is closed with the enclosure, or at once if this fails */
    static Enclosure of(HeldDirectory base) throws IOException {
        try {
            return new Enclosure(base, base.path().toRealPath());
        } catch (IOException | RuntimeException e) {
            base.close();
            throw e;
        }
    }

    /** An enclosure of a directory that is trusted in its current state. */
    static Enclosure of(Path directory) throws IOException {
        return of(HeldDirectory.open(directory));
    }

    /** Its real path. */
    Path path() {
        return real;
    }

    /**
     * Opens a directory and holds it.
     *
     * @throws IOException when it is outside of the enclosure
     */
    HeldDirectory hold(Path directory) throws IOException {
        HeldDirectory held = HeldDirectory.open(directory);
        boolean within = false;
        try {
            within = held.isWithin(base);
            if (!within) {
                throw new IOException("it was moved out of " + real + ", or a link leads out of it");
            }
            return held;
        } finally {
            if (!within) {
                held.close();
            }
        }
    }

    /** Opens and holds the directory that contains a file. */
    HeldDirectory parent(Path file) throws IOException {
        return hold(file.resolveSibling(""));
    }

    @Override
    public void close() throws IOException {
        base.close();
    }
}
