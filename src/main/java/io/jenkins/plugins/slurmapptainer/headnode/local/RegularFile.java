package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens files that others may replace at any moment. Opening a named pipe would wait for its other end for ever, and
 * Java cannot open without waiting. So the type is checked first. Because it may change before the file is open,
 * another thread opens it. Nobody waits for that thread longer than {@value #LIMIT_SECONDS} s or after an abort. If it
 * hangs in a pipe, opening the other end frees it.
 */
final class RegularFile {
    private static final long LIMIT_SECONDS = 60;
    private static final ExecutorService OPENERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "opening a file");
        thread.setDaemon(true);
        return thread;
    });

    private RegularFile() {}

    /** Where a file is. Only the thread that opens the file calls it, because the call may block. */
    interface Place {
        /** Opens and holds the directory of the file. */
        HeldDirectory hold() throws IOException;
    }

    /**
     * Opens a file for reading.
     *
     * @param within where the file must be
     * @param path path of the file itself, not of a link
     * @throws IOException when it is no regular file, is elsewhere, or has been replaced meanwhile
     */
    static FileChannel open(Enclosure within, Path path) throws IOException, InterruptedException {
        return open(() -> within.parent(path), path);
    }

    /**
     * Opens a file for reading.
     *
     * @param place the place of the file
     */
    static FileChannel open(Place place, Path path) throws IOException, InterruptedException {
        FileFacts facts = FileFacts.of(path);
        if (!facts.isFile()) {
            throw new IOException("it is " + facts.kind());
        }
        FileChannel channel = openWithin(place, path, LIMIT_SECONDS, TimeUnit.SECONDS);
        try {
            if (!facts.key().equals(FileFacts.of(path).key())) {
                throw new IOException("it was replaced while it was opened");
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The length of a file. The file is opened only for this, because then a network file system asks its server. It is
     * found by its path, so a link above it is followed. Nothing is read.
     *
     * @param path path of the file itself, not of a link
     */
    static long freshLength(Path path) throws IOException, InterruptedException {
        try (FileChannel channel = openWithin(byPath(path), path, LIMIT_SECONDS, TimeUnit.SECONDS)) {
            return channel.size();
        }
    }

    /** Opens whatever is there, but waits no longer than the limit. */
    static FileChannel openWithin(Place place, Path path, long limit, TimeUnit unit)
            throws IOException, InterruptedException {
        return openWithin(in(place, path.getFileName()), path, limit, unit);
    }

    private static FileChannel openWithin(Way way, Path path, long limit, TimeUnit unit)
            throws IOException, InterruptedException {
        Opening opening = new Opening(way, path);
        Future<FileChannel> result = OPENERS.submit(opening);
        boolean open = false;
        try {
            FileChannel channel = result.get(limit, unit);
            open = true;
            return channel;
        } catch (TimeoutException e) {
            throw new SlowFileException("it could not be opened in " + unit.toSeconds(limit) + " s");
        } catch (ExecutionException e) {
            open = true;
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } finally {
            if (!open) {
                opening.giveUp();
            }
        }
    }

    /** How a file is opened. */
    private interface Way {
        /** @param write whether to open for writing too; opening a pipe for both does not wait */
        FileChannel open(boolean write) throws IOException;
    }

    private static Way in(Place place, Path name) {
        return write -> {
            try (HeldDirectory parent = place.hold()) {
                return write ? parent.readAndWrite(name) : parent.read(name);
            }
        };
    }

    private static Way byPath(Path path) {
        return write -> write
                ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                : FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static final class Opening implements Callable<FileChannel> {
        private final Way way;
        private final Path path;

        @CheckForNull
        private FileChannel channel;

        private boolean givenUp;

        Opening(Way way, Path path) {
            this.way = way;
            this.path = path;
        }

        @Override
        public FileChannel call() throws IOException {
            return keep(way.open(false));
        }

        private synchronized FileChannel keep(FileChannel opened) throws IOException {
            channel = opened;
            if (givenUp) {
                opened.close();
            }
            return opened;
        }

        /** Frees the opening thread. */
        private void giveUp() {
            synchronized (this) {
                givenUp = true;
                close(channel);
            }
            try {
                if (FileFacts.of(path).isPipe()) {
                    close(way.open(true));
                }
            } catch (IOException e) {
                // The file belongs to somebody else or is gone. The thread keeps waiting, but nobody waits for the
                // thread.
            }
        }

        private static void close(@CheckForNull FileChannel channel) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // Nothing was written.
            }
        }
    }
}
