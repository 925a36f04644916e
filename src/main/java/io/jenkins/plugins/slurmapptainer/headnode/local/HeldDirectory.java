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
 * A directory that is held open, with what is done to its files: whoever renames it, or puts a link in its place or above
 * it, changes nothing for the holder. No link in it is ever followed. Java can do this on Linux; where it cannot, {@link
 * DirectoryByPath} looks at each path anew, and a link that is put there between two looks may be followed.
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

    /** Holds whatever directory a path leads to, also by links; {@link #isWithin} tells where that is. */
    static HeldDirectory open(Path path) throws IOException {
        // With a dot, a named pipe in its place is no directory, instead of one that keeps whoever opens it.
        return of(path, Files.newDirectoryStream(path.resolve(SELF)));
    }

    /**
     * Holds a directory in this one.
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
            // A link that was there for a moment has led to another one.
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

    /** By which it was opened. */
    Path path() {
        return path;
    }

    /** The same for the same directory, as long as it is held. */
    Object key() {
        return key;
    }

    /** The keys of this directory and of all those above it, whatever the path says. */
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

    /** Whether it is that directory or lies below it. */
    boolean isWithin(HeldDirectory other) throws IOException {
        return key.equals(other.key) || above().contains(other.key);
    }

    /** The names in it, once; they come with {@link java.nio.file.DirectoryIteratorException}. */
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

    /** Of the file itself, no link. */
    PosixFileAttributeView view(Path name) {
        return stream.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Of the file or directory itself, no link. */
    PosixFileAttributes attributes(Path name) throws IOException {
        return view(name).readAttributes();
    }

    /** Opens whatever has the name and is no link. For a named pipe that waits for its other end. */
    FileChannel read(Path name) throws IOException {
        return channel(name, READ);
    }

    /** A pipe that is opened like this does not wait. */
    FileChannel readAndWrite(Path name) throws IOException {
        return channel(name, READ_WRITE);
    }

    /** A new file, for its owner alone. */
    FileChannel create(Path name) throws IOException {
        return channel(name, NEW, PRIVATE);
    }

    private FileChannel channel(Path name, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        // That of the file systems of Java itself is one.
        return (FileChannel) stream.newByteChannel(name, options, attributes);
    }

    /** Gives a file another name in this directory, in place of what has it. */
    void rename(Path from, Path to) throws IOException {
        stream.move(from, stream, to);
    }

    /** Moves a file or directory to a directory of the same file system, under a name that nothing has there. */
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
