package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Access to the directories of one controller's jobs for other processes than the jobs. A job of the same account can
 * replace every file and directory there by anything. So no link is followed, only regular files are opened, and
 * nothing can block the caller. Paths are those of {@link io.jenkins.plugins.slurmapptainer.script.JobDirectory}. Keeps
 * nothing open between calls.
 */
final class JobStore {
    private static final int MAX_RECORD = 4096;

    private final Path root;

    /**
     * @param root as in {@link io.jenkins.plugins.slurmapptainer.script.JobDirectory#root()}; a missing directory
     *     counts as empty
     */
    JobStore(String root) {
        this.root = Path.of(root);
    }

    /** The text of a small file; empty if there is none. */
    Optional<String> read(String path) throws IOException, InterruptedException {
        Optional<FileChannel> file = open(Path.of(path));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Channels.newInputStream(file.get())) {
            return Optional.of(new String(in.readNBytes(MAX_RECORD), StandardCharsets.UTF_8));
        }
    }

    /** Opens a file for reading; empty if there is none. */
    Optional<FileChannel> open(Path path) throws IOException, InterruptedException {
        try {
            return FileFacts.of(path).isFile()
                    ? Optional.of(RegularFile.open(() -> hold(path.getParent()), path))
                    : Optional.empty();
        } catch (IOException e) {
            if (FileTrouble.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Whether there is a file of this length. A network file system asks its server for the length. This costs much less
     * than {@link #open}, because nothing is read. If somebody puts a link above the file at this moment, the call only
     * shows a length.
     */
    boolean surelyHasLength(Path path, long length) throws IOException, InterruptedException {
        try {
            FileFacts facts = FileFacts.of(path);
            if (!facts.isFile() || facts.size() != length) {
                return false;
            }
            for (Path above = path.getParent(); above != null && above.startsWith(root); above = above.getParent()) {
                if (!FileFacts.of(above).isDirectory()) {
                    return false;
                }
            }
            return RegularFile.freshLength(path) == length;
        } catch (SlowFileException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Replaces a file in one step. A reader sees either the old or the new text, even if this process is killed
     * meanwhile. A network file system stores it when the file is closed, so nothing is forced to disk here.
     */
    void write(String path, String text) throws IOException {
        Path file = Path.of(path);
        Path name = file.getFileName();
        Path temporary = Path.of("." + UUID.randomUUID() + ".new");
        try (HeldDirectory directory = hold(file.getParent())) {
            boolean whole = false;
            try {
                write(directory, temporary, text.getBytes(StandardCharsets.UTF_8));
                directory.rename(temporary, name);
                whole = true;
            } finally {
                if (!whole) {
                    deleteIfExists(directory, temporary);
                }
            }
        }
    }

    private static void write(HeldDirectory directory, Path name, byte[] content) throws IOException {
        try (FileChannel channel = directory.create(name)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Finds out whether a directory has room for this content, by writing it to a temporary file. */
    void probe(String directory, byte[] content) throws IOException {
        Path name = Path.of("." + UUID.randomUUID() + ".probe");
        try (HeldDirectory where = hold(Path.of(directory))) {
            try {
                write(where, name, content);
            } finally {
                deleteIfExists(where, name);
            }
        }
    }

    /** Whether there is a regular file, not a link or anything else. */
    boolean exists(String path) throws IOException {
        Path file = Path.of(path);
        try (HeldDirectory directory = hold(file.getParent())) {
            return directory.attributes(file.getFileName()).isRegularFile();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Deletes a file or link, if there is one. */
    void delete(String path) throws IOException {
        Path file = Path.of(path);
        try (HeldDirectory directory = hold(file.getParent())) {
            deleteIfExists(directory, file.getFileName());
        } catch (NoSuchFileException e) {
            // Then the file is not there either.
        }
    }

    private static void deleteIfExists(HeldDirectory directory, Path name) throws IOException {
        try {
            directory.delete(name);
        } catch (NoSuchFileException e) {
            // It is gone, which is the aim.
        }
    }

    /** The names in a directory; none if it does not exist. Listing makes an NFS client ask its server. */
    List<String> list(String path) throws IOException {
        List<String> names = new ArrayList<>();
        try (HeldDirectory directory = hold(Path.of(path))) {
            for (Iterator<Path> all = directory.names(); all.hasNext(); ) {
                names.add(all.next().toString());
            }
        } catch (NoSuchFileException e) {
            return names;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Creates a directory with mode 0700 in an existing one. */
    void createDirectory(String path) throws IOException {
        Path directory = Path.of(path);
        hold(directory.getParent()).close();
        // By its path: if somebody puts a link there at this moment, the link's target only gets an empty directory.
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            SmallFiles.createPrivateDirectory(directory);
        }
        hold(directory).close();
    }

    /** Opens and holds a directory. No part of its path below the root may be a link. */
    HeldDirectory hold(Path path) throws IOException {
        HeldDirectory current = HeldDirectory.open(root);
        boolean found = false;
        try {
            if (Files.isSymbolicLink(root)) {
                throw new NotDirectoryException(root.toString());
            }
            for (Path element : root.relativize(path)) {
                if (!element.toString().isEmpty()) {
                    HeldDirectory above = current;
                    current = above.enter(element);
                    above.close();
                }
            }
            found = true;
            return current;
        } finally {
            if (!found) {
                current.close();
            }
        }
    }
}
