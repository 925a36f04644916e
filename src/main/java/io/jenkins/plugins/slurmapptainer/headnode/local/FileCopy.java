package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies selected files below a directory, several at a time, with their permissions and times. A large file shares its
 * blocks with the original if the file system supports that ({@code cp --reflink}). The copies are independent all the
 * same. Hard links are not used, because a later write to one file would change the other.
 */
final class FileCopy {
    private static final long LARGE = 8L << 20;
    private static final int MAX_THREADS = 4;

    private final Enclosure from;
    private final Enclosure to;
    private final Path target;
    private final List<FileSelection.SourceFile> files;
    private final CopyProgress progress;
    private final CopiedFiles copied;
    private final Reflink reflink = new Reflink();
    private final AtomicInteger next = new AtomicInteger();

    /** @param copied gets the copied files */
    FileCopy(Enclosure from, FileSelection selection, Enclosure to, CopyProgress progress, CopiedFiles copied) {
        this.from = from;
        this.to = to;
        this.target = to.path();
        this.files = new ArrayList<>(selection.files());
        this.progress = progress;
        this.copied = copied;
    }

    /**
     * Returns when all files are copied.
     *
     * @throws IOException when a file cannot be copied
     */
    void copy() throws IOException, InterruptedException {
        createDirectories();
        int number = Math.min(files.size(), threads());
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, number), task -> {
            Thread thread = new Thread(task, "staging of files");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                workers.add(threads.submit(() -> {
                    work();
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static int threads() {
        return Math.max(2, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof RuntimeException bad) {
            throw bad;
        }
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    private void createDirectories() throws IOException {
        Set<Path> parents = new HashSet<>();
        for (FileSelection.SourceFile file : files) {
            Path parent = file.name().getParent();
            if (parent != null && parents.add(parent)) {
                Files.createDirectories(target.resolve(parent));
            }
        }
    }

    /** Copies files until none is left. The first failure stops all threads. */
    private void work() throws IOException, InterruptedException {
        try {
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                FileSelection.SourceFile file = files.get(i);
                copy(file, target.resolve(file.name()));
                progress.fileDone();
            }
        } catch (IOException | RuntimeException e) {
            next.set(files.size());
            throw e;
        }
    }

    private void copy(FileSelection.SourceFile file, Path copy) throws IOException, InterruptedException {
        try {
            FileFacts original = FileFacts.of(file.path());
            if (file.size() < LARGE || !shareBlocks(file, original, copy)) {
                original = new WholeCopy(from, file.path(), progress::bytesDone).create(to, copy);
            }
            copied.add(file.name().toString(), new FileTwins(original, FileFacts.of(copy)).swapped());
        } catch (IOException e) {
            throw FileTrouble.isPassing(e)
                    ? e
                    : new IOException(
                            "'" + FileNames.printable(file.name()) + "' cannot be copied: " + FileTrouble.words(e), e);
        }
    }

    /**
     * Copies by a command that opens the file by its name. A file that has been replaced or changes is copied in
     * another way.
     */
    private boolean shareBlocks(FileSelection.SourceFile file, FileFacts before, Path to)
            throws IOException, InterruptedException {
        if (!before.isFile() || !reflink.copy(file.path(), to)) {
            return false;
        }
        if (!before.isUntouched(FileFacts.of(file.path()))) {
            Files.delete(to);
            return false;
        }
        progress.bytesDone(file.size());
        return true;
    }
}
