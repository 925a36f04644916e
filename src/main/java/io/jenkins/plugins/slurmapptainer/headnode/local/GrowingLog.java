package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the output of one job or task piece by piece. While the file grows it is kept open, so a look costs one
 * question for its length and one read. A silent file is closed, and is looked at by its path. For one thread at a
 * time.
 */
final class GrowingLog implements Closeable {
    private final JobStore store;
    private final Path file;

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
        FileChannel channel = open;
        if (channel == null) {
            if (surely ? store.surelyHasLength(file, offset) : OutputReader.hasLength(file, offset)) {
                return OutputReader.Piece.none(offset);
            }
            Optional<FileChannel> there = store.open(file);
            if (there.isEmpty()) {
                return OutputReader.Piece.none(offset);
            }
            channel = there.get();
            open = channel;
        }
        boolean read = false;
        try {
            OutputReader.Piece piece = OutputReader.read(channel, offset, limit, whole);
            read = true;
            return piece;
        } finally {
            if (!read) {
                close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = open;
        open = null;
        if (channel != null) {
            channel.close();
        }
    }
}
