package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the output of one job or task piece by piece. While the file grows it is kept open, so a look costs one
 * question for its length and one read. A silent file is closed, and is looked at by its path. For one thread at a
 * time.
 */
final class GrowingLog implements Closeable {
    private final JobStore store;
    private final Path file;

    /** Descriptors are few. With more open logs than this, each is closed after a piece. */
    private static final int MAX_OPEN = 256;

    private static final AtomicInteger OPEN = new AtomicInteger();

    @CheckForNull
    private FileChannel open;

    GrowingLog(JobStore store, Path file) {
        this.store = store;
        this.file = file;
    }

    /**
     * Reads the next piece.
     *
     * @param offset where to start; a file that has become shorter is read from its beginning
     * @param limit largest number of bytes, at least 4
     * @param whole whether to take an incomplete character at the end too, because nothing more will come
     * @param surely whether to open the file in any case. Only then does an NFS client ask the server for its length;
     *     otherwise the client may use a value that is up to a minute old
     */
    OutputReader.Piece read(long offset, int limit, boolean whole, boolean surely)
            throws IOException, InterruptedException {
        if (surely) {
            close();
        }
        FileChannel kept = open;
        if (kept != null) {
            try {
                return OutputReader.read(kept, offset, limit, whole);
            } catch (ClosedByInterruptException e) {
                close();
                throw e;
            } catch (IOException e) {
                // The job may have removed its log, which an NFS client finds out this way. By the path there may be
                // another one.
                close();
            }
        }
        return readByPath(offset, limit, whole, surely);
    }

    private OutputReader.Piece readByPath(long offset, int limit, boolean whole, boolean surely)
            throws IOException, InterruptedException {
        if (surely ? store.surelyHasLength(file, offset) : OutputReader.hasLength(file, offset)) {
            return OutputReader.Piece.none(offset);
        }
        Optional<FileChannel> there = store.open(file);
        if (there.isEmpty()) {
            return OutputReader.Piece.none(offset);
        }
        open = there.get();
        boolean keep = OPEN.incrementAndGet() <= MAX_OPEN;
        boolean read = false;
        try {
            OutputReader.Piece piece = OutputReader.read(there.get(), offset, limit, whole);
            read = true;
            return piece;
        } finally {
            if (!read || !keep) {
                close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = open;
        open = null;
        if (channel != null) {
            OPEN.decrementAndGet();
            channel.close();
        }
    }
}
