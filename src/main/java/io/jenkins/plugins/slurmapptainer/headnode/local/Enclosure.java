package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory out of which nothing leads: files are found by their paths, but opened only in directories that are below it at
 * that moment, whatever links have been put on the way meanwhile. May be used by several threads.
 */
final class Enclosure implements Closeable {
    private final HeldDirectory base;
    private final Path real;

    private Enclosure(HeldDirectory base, Path real) {
        this.base = base;
        this.real = real;
    }

    /** @param base is closed with the enclosure, or if there is none */
    static Enclosure of(HeldDirectory base) throws IOException {
        try {
            return new Enclosure(base, base.path().toRealPath());
        } catch (IOException | RuntimeException e) {
            base.close();
            throw e;
        }
    }

    /** Of a directory that is believed to be what it is now. */
    static Enclosure of(Path directory) throws IOException {
        return of(HeldDirectory.open(directory));
    }

    /** Its real path. */
    Path path() {
        return real;
    }

    /**
     * Holds a directory.
     *
     * @throws IOException when it is outside
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

    /** Holds the directory that a file lies in. */
    HeldDirectory parent(Path file) throws IOException {
        return hold(file.resolveSibling(""));
    }

    @Override
    public void close() throws IOException {
        base.close();
    }
}
