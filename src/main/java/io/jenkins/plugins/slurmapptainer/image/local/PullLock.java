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
 * Keeps head nodes from pulling the same image at the same time: a file that its owner writes anew every few seconds. One
 * that stays as it is belongs to nobody any more. Locks of the operating system end with their process, too, but do not
 * reach other machines on every shared file system. Should two pulls run at once all the same, that costs their work
 * twice and harms nothing: each has a file of its own until it is complete.
 */
final class PullLock {
    /** How often the owner writes. */
    static final Duration BEAT = Duration.ofSeconds(10);
    /** Longer than a machine pauses or a network file system shows an old time. */
    private static final Duration STALE = Duration.ofSeconds(90);

    private final Path file;
    private final byte[] owner;

    private PullLock(Path file, String owner) {
        this.file = file;
        this.owner = (owner + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param owner unlike any other
     * @return nothing while another owner has it
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

    /** Both times are by the clock of the file system. */
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

    /** Says that the owner is alive. */
    void beat() throws IOException {
        if (isMine()) {
            Files.write(file, owner, StandardOpenOption.WRITE);
        }
    }

    /** Whether nobody has taken it over. */
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
