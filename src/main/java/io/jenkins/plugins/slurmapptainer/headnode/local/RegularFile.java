package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens files that others may replace at any moment. Opening a named pipe would wait for its other end for ever, and Java
 * cannot open without waiting. So the type is looked at first; and because it may change until the file is open, another
 * thread opens it, for which nobody waits longer than {@value #LIMIT_SECONDS} s or beyond an abort. A thread that has got
 * into a pipe is freed by opening the other end.
 */
final class RegularFile {
    private static final long LIMIT_SECONDS = 60;
    private static final ExecutorService OPENERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "opening a file");
        thread.setDaemon(true);
        return thread;
    });

    private RegularFile() {}

    /** Where a file is. Asked for by the thread that opens it, which alone waits for what it finds there. */
    interface Place {
        /** Holds the directory of the file. */
        HeldDirectory hold() throws IOException;
    }

    /**
     * Opens a file for reading.
     *
     * @param within where it has to lie
     * @param path of the file itself, no link
     * @throws IOException when it is no regular file or elsewhere, or has been replaced meanwhile
     */
    static FileChannel open(Enclosure within, Path path) throws IOException, InterruptedException {
        return open(() -> within.parent(path), path);
    }

    /**
     * Opens a file for reading.
     *
     * @param place of the path
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

    /** Opens whatever is there, but waits no longer than the limit. */
    static FileChannel openWithin(Place place, Path path, long limit, TimeUnit unit)
            throws IOException, InterruptedException {
        Opening opening = new Opening(place, path);
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

    private static final class Opening implements Callable<FileChannel> {
        private final Place place;
        private final Path path;
        private final Path name;

        @CheckForNull
        private FileChannel channel;

        private boolean givenUp;

        Opening(Place place, Path path) {
            this.place = place;
            this.path = path;
            this.name = path.getFileName();
        }

        @Override
        public FileChannel call() throws IOException {
            try (HeldDirectory parent = place.hold()) {
                return keep(parent.read(name));
            }
        }

        private synchronized FileChannel keep(FileChannel opened) throws IOException {
            channel = opened;
            if (givenUp) {
                opened.close();
            }
            return opened;
        }

        /** Frees the thread that opens. For reading and writing at once, a pipe opens without waiting. */
        private void giveUp() {
            synchronized (this) {
                givenUp = true;
                close(channel);
            }
            try (HeldDirectory parent = place.hold()) {
                if (FileFacts.of(path).isPipe()) {
                    close(parent.readAndWrite(name));
                }
            } catch (IOException e) {
                // It is somebody else's or gone; the thread waits in vain, and nobody waits for it.
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
