package io.jenkins.plugins.slurmapptainer.image.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps head nodes from pulling the same image at the same time. The lock is a file that its owner rewrites every few
 * seconds. A file that no longer changes has no owner any more. Locks of the operating system would also end with their
 * process, but not every shared file system passes them to other machines. If two pulls run at once all the same, the
 * work is done twice without harm, because each writes its own file until it is complete.
 */
final class PullLock {
    /** How often the owner rewrites the file. */
    static final Duration BEAT = Duration.ofSeconds(10);
    /** Longer than a machine may pause, and longer than a network file system may show an old time. */
    private static final Duration STALE = Duration.ofSeconds(90);

    private final Path file;
    private final byte[] owner;

    private PullLock(Path file, String owner) {
        this.file = file;
        this.owner = (owner + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param owner a unique name
     * @return empty while another owner has the lock
     */
    static Optional<PullLock> acquire(Path file, String owner) throws IOException {
        PullLock lock = new PullLock(file, owner);
        if (lock.create() || isStale(file) && Files.deleteIfExists(file) && lock.create()) {
            return Optional.of(lock);
        }
        return Optional.empty();
    }

    private boolean create() throws IOException {
        try {
            Files.write(file, owner, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Both times come from the clock of the file system. */
    private static boolean isStale(Path file) throws IOException {
        Path now = file.resolveSibling("." + UUID.randomUUID());
        Files.createFile(now);
        try {
            long age = Files.getLastModifiedTime(now).toMillis()
                    - Files.getLastModifiedTime(file).toMillis();
            return age >= STALE.toMillis();
        } catch (NoSuchFileException e) {
            return false;
        } finally {
            Files.deleteIfExists(now);
        }
    }

    /** Shows that the owner is alive. */
    void beat() throws IOException {
        if (isMine()) {
            Files.write(file, owner, StandardOpenOption.WRITE);
        }
    }

    /** Whether nobody else has taken over the lock. */
    boolean isMine() throws IOException {
        try {
            return Arrays.equals(owner, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    void release() throws IOException {
        if (isMine()) {
            Files.deleteIfExists(file);
        }
    }
}
