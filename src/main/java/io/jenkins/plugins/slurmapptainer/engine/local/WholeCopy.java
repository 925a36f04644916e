package io.jenkins.plugins.slurmapptainer.engine.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Copies one file with its permissions and times, so that nobody ever sees half a copy, or a copy of what two moments were. */
final class WholeCopy {
    private static final long PIECE = 16L << 20;
    /** Of a file that changes while it is copied. */
    private static final int TRIES = 3;

    private static final Logger LOGGER = Logger.getLogger(WholeCopy.class.getName());
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path source;
    private final LongConsumer bytes;

    /**
     * @param source no link
     * @param bytes is told how many were copied, of each piece
     */
    WholeCopy(Path source, LongConsumer bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    /**
     * Copies to a new name in place of what has it; a link of that name is replaced, not followed.
     *
     * @return the file that was copied, and the copy
     * @throws IOException when there is no whole copy; what was there before is there still
     */
    FileTwins replace(Path target) throws IOException, InterruptedException {
        // Short, since a name may be as long as names can be.
        Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".slurm");
        try {
            FileFacts copied = create(temporary);
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("a directory of that name is in the way");
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return new FileTwins(copied, FileFacts.of(target));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Copies to a name that nothing has.
     *
     * @return what was copied
     * @throws IOException when there is no whole copy; there is none at all then
     */
    FileFacts create(Path target) throws IOException, InterruptedException {
        boolean whole = false;
        try {
            for (int i = 0; i < TRIES; i++) {
                FileFacts before = FileFacts.of(source);
                transfer(target);
                if (before.isUntouched(FileFacts.of(source)) && Files.size(target) == before.size()) {
                    whole = true;
                    return before;
                }
                Files.delete(target);
            }
            throw new IOException("it changes while it is copied");
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } finally {
            if (!whole) {
                Files.deleteIfExists(target);
            }
        }
    }

    private void transfer(Path target) throws IOException, InterruptedException {
        try (FileChannel in = RegularFile.open(source)) {
            PosixFileAttributes facts =
                    Files.readAttributes(source, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            try (FileChannel out = FileChannel.open(target, NEW, PRIVATE)) {
                // Not beyond its size: a file that grows as fast as it is read has no end.
                long size = in.size();
                long position = 0;
                for (long moved = -1; moved != 0 && position < size; position += moved) {
                    moved = in.transferTo(position, Math.min(PIECE, size - position), out);
                    bytes.accept(moved);
                }
            }
            PosixFileAttributeView copy =
                    Files.getFileAttributeView(target, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            setPermissions(copy, facts.permissions());
            copy.setTimes(facts.lastModifiedTime(), facts.lastAccessTime(), null);
        }
    }

    /** Not every file system has any. */
    private static void setPermissions(PosixFileAttributeView file, Set<PosixFilePermission> permissions) {
        try {
            file.setPermissions(permissions);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "permissions of a copy");
        }
    }
}
