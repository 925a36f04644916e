package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A directory that is held open, and the operations on its files. If somebody renames the directory or puts a link in
 * its place or above it, nothing changes for the holder. No link in it is followed. Java can do this on Linux.
 * Elsewhere {@link DirectoryByPath} looks up each path again, and may follow a link that somebody makes between two
 * looks.
 */
final class HeldDirectory implements Closeable {
    /** More directories than a path can have. */
    private static final int MAX_DEPTH = 4096;

    private static final Path SELF = Path.of(".");
    private static final Path UP = Path.of("..");
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final SecureDirectoryStream<Path> stream;
    private final Object key;

    private HeldDirectory(Path path, DirectoryStream<Path> stream) throws IOException {
        this.path = path;
        this.stream = stream instanceof SecureDirectoryStream<Path> secure ? secure : new DirectoryByPath(path, stream);
        this.key = attributes(SELF).fileKey();
    }

    private static HeldDirectory of(Path path, DirectoryStream<Path> stream) throws IOException {
        try {
            return new HeldDirectory(path, stream);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * Opens and holds the directory that a path leads to, also through links. {@link #isWithin} tells where that
     * directory is.
     */
    static HeldDirectory open(Path path) throws IOException {
        // The dot makes opening a named pipe fail. Without it, the pipe would block.
        return of(path, Files.newDirectoryStream(path.resolve(SELF)));
    }

    /**
     * Opens and holds a directory in this one.
     *
     * @throws NotDirectoryException when there is a link, or anything else
     */
    HeldDirectory enter(Path child) throws IOException {
        if (!attributes(child).isDirectory()) {
            throw new NotDirectoryException(path.resolve(child).toString());
        }
        HeldDirectory held = of(path.resolve(child), stream.newDirectoryStream(child.resolve(SELF)));
        boolean same = false;
        try {
            // Compared, because a link that was there for a moment may have led to another directory.
            same = held.key.equals(attributes(child).fileKey());
        } finally {
            if (!same) {
                held.close();
            }
        }
        if (!same) {
            throw new NotDirectoryException(path.resolve(child).toString());
        }
        return held;
    }

    /** The path by which it was opened. */
    Path path() {
        return path;
    }

    /** A key that identifies the directory while it is held. */
    Object key() {
        return key;
    }

    /** The keys of this directory and of all directories above it, whatever the path says. */
    List<Object> above() throws IOException {
        List<Object> keys = new ArrayList<>(List.of(key));
        Path up = UP;
        for (int i = 0; i < MAX_DEPTH; i++) {
            Object next = attributes(up).fileKey();
            if (next.equals(keys.get(keys.size() - 1))) {
                return keys;
            }
            keys.add(next);
            up = up.resolve(UP);
        }
        throw new IOException("too many nested directories");
    }

    /** Whether it is the other directory or lies below it. */
    boolean isWithin(HeldDirectory other) throws IOException {
        return key.equals(other.key) || above().contains(other.key);
    }

    /** The names in it. Can be read once, and may throw {@link java.nio.file.DirectoryIteratorException}. */
    Iterator<Path> names() {
        Iterator<Path> entries = stream.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Path next() {
                return entries.next().getFileName();
            }
        };
    }

    /** The attributes of the file itself, never of a link's target. */
    PosixFileAttributeView view(Path name) {
        return stream.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** The attributes of the file or directory itself, never of a link's target. */
    PosixFileAttributes attributes(Path name) throws IOException {
        return view(name).readAttributes();
    }

    /** Opens what has this name, unless it is a link. Opening a named pipe waits for its other end. */
    FileChannel read(Path name) throws IOException {
        return channel(name, READ);
    }

    /** Opens for reading and writing. Opening a pipe like this does not wait. */
    FileChannel readAndWrite(Path name) throws IOException {
        return channel(name, READ_WRITE);
    }

    /** Creates a new file that only its owner can use. */
    FileChannel create(Path name) throws IOException {
        return channel(name, NEW, PRIVATE);
    }

    private FileChannel channel(Path name, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        // Java's own file systems return a FileChannel here.
        return (FileChannel) stream.newByteChannel(name, options, attributes);
    }

    /** Renames a file within this directory. It replaces a file of the new name. */
    void rename(Path from, Path to) throws IOException {
        stream.move(from, stream, to);
    }

    /** Moves a file or directory to a directory of the same file system, under a name that is not in use there. */
    void move(Path from, HeldDirectory other, Path to) throws IOException {
        stream.move(from, other.stream, to);
    }

    void delete(Path name) throws IOException {
        stream.deleteFile(name);
    }

    void deleteDirectory(Path name) throws IOException {
        stream.deleteDirectory(name);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
