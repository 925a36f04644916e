package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Operations on the small files of a job directory. They are written completely or not at all, and only the owner can
 * read them.
 */
final class SmallFiles {
    /** Each level needs open files while the levels below are deleted. */
    private static final int MAX_DEPTH = 300;

    private static final int ROUNDS = 10;
    private static final int MAX_RECORD = 4096;
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private SmallFiles() {}

    /** Creates a directory with mode 0700, and those above it. */
    static void createPrivateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, PRIVATE_DIRECTORY);
    }

    /**
     * Replaces a file in one step. A reader sees either the old or the new text, even if this process is killed
     * meanwhile. A network file system stores it when the file is closed, so nothing is forced to disk here.
     */
    static void write(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".new");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, options, PRIVATE_FILE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The text of a small file that this process wrote; empty if there is none. For files of jobs, see
     * {@link JobStore}.
     */
    static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAX_RECORD), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The names in a directory; none if it does not exist. Listing makes an NFS client ask its server. */
    static List<String> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toList());
        } catch (NoSuchFileException e) {
            return new ArrayList<>();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Deletes a directory and everything below it. Symbolic links are deleted and never followed, even if the tree
     * changes meanwhile.
     */
    static void deleteTree(Path directory) throws IOException {
        try (HeldDirectory parent = HeldDirectory.open(directory.resolveSibling(""))) {
            delete(parent, directory.getFileName(), 0);
        } catch (NoSuchFileException e) {
            // It is gone, which is the aim.
        }
    }

    private static void delete(HeldDirectory parent, Path name, int depth) throws IOException {
        try {
            if (parent.attributes(name).isDirectory()) {
                deleteDirectory(parent, name, depth);
            } else {
                parent.delete(name);
            }
        } catch (NoSuchFileException e) {
            // Somebody else has removed it.
        }
    }

    private static void deleteDirectory(HeldDirectory parent, Path name, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("more than " + MAX_DEPTH + " nested directories");
        }
        for (int i = 1; ; i++) {
            try (HeldDirectory directory = parent.enter(name)) {
                for (Iterator<Path> all = directory.names(); all.hasNext(); ) {
                    delete(directory, all.next(), depth + 1);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            try {
                parent.deleteDirectory(name);
                return;
            } catch (DirectoryNotEmptyException e) {
                // On some file systems, a listing misses names while others are removed.
                if (i == ROUNDS) {
                    throw e;
                }
            }
        }
    }
}
