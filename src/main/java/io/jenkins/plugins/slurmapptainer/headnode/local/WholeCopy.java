package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Copies one file with its permissions and times. Nobody ever sees half a copy, or a copy that mixes two states of the
 * file.
 */
final class WholeCopy {
    private static final long PIECE = 16L << 20;
    /** How often to try to copy a file that changes meanwhile. */
    private static final int TRIES = 3;

    private static final Logger LOGGER = Logger.getLogger(WholeCopy.class.getName());

    private final Enclosure from;
    private final Path source;
    private final LongConsumer bytes;

    /**
     * @param from where the source must be
     * @param source the file itself, not a link
     * @param bytes gets the number of copied bytes for each piece
     */
    WholeCopy(Enclosure from, Path source, LongConsumer bytes) {
        this.from = from;
        this.source = source;
        this.bytes = bytes;
    }

    /**
     * Makes a copy under this name. It replaces what has the name; a link is replaced and not followed.
     *
     * @param to where the target must be
     * @return the file that was copied, and the copy
     * @throws IOException when there is no complete copy; what was there before is unchanged
     */
    FileTwins replace(Enclosure to, Path target) throws IOException, InterruptedException {
        try (HeldDirectory directory = to.parent(target)) {
            Path name = target.getFileName();
            // A short name, because the target's name may already have the greatest length.
            Path temporary = Path.of("." + UUID.randomUUID() + ".slurm");
            FileFacts copied = create(directory, temporary);
            try {
                if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException("a directory of that name is in the way");
                }
                directory.rename(temporary, name);
            } catch (IOException e) {
                directory.delete(temporary);
                throw e;
            }
            return new FileTwins(copied, FileFacts.of(target));
        }
    }

    /**
     * Makes a copy under a name that is not in use.
     *
     * @param to where the target must be
     * @return the file that was copied
     * @throws IOException when there is no complete copy; then nothing is left
     */
    FileFacts create(Enclosure to, Path target) throws IOException, InterruptedException {
        try (HeldDirectory directory = to.parent(target)) {
            return create(directory, target.getFileName());
        }
    }

    private FileFacts create(HeldDirectory directory, Path name) throws IOException, InterruptedException {
        try {
            for (int i = 0; i < TRIES; i++) {
                FileFacts before = FileFacts.of(source);
                long size = transfer(directory, name);
                if (before.isUntouched(FileFacts.of(source)) && size == before.size()) {
                    return before;
                }
                directory.delete(name);
            }
            throw new IOException("it changes while it is copied");
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        }
    }

    /** @return size of the copy in bytes */
    private long transfer(HeldDirectory directory, Path name) throws IOException, InterruptedException {
        try (FileChannel in = RegularFile.open(from, source)) {
            PosixFileAttributes facts =
                    Files.readAttributes(source, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileChannel out = directory.create(name);
            boolean whole = false;
            try {
                long size = transfer(in, out);
                PosixFileAttributeView copy = directory.view(name);
                setPermissions(copy, facts.permissions());
                copy.setTimes(facts.lastModifiedTime(), facts.lastAccessTime(), null);
                whole = true;
                return size;
            } finally {
                out.close();
                if (!whole) {
                    directory.delete(name);
                }
            }
        }
    }

    private long transfer(FileChannel in, FileChannel out) throws IOException {
        try (out) {
            // Stops at this size: a file that grows as fast as it is read would never end.
            long size = in.size();
            long position = 0;
            for (long moved = -1; moved != 0 && position < size; position += moved) {
                moved = in.transferTo(position, Math.min(PIECE, size - position), out);
                bytes.accept(moved);
            }
            return out.size();
        }
    }

    /** Some file systems have no permissions. */
    private static void setPermissions(PosixFileAttributeView file, Set<PosixFilePermission> permissions) {
        try {
            file.setPermissions(permissions);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "permissions of a copy");
        }
    }
}
