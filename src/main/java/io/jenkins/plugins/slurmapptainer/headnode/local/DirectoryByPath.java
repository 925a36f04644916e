package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;

/** Replaces a directory that is held open where Java cannot do that. Everything is looked up by its path each time. */
final class DirectoryByPath implements SecureDirectoryStream<Path> {
    private final Path path;
    private final DirectoryStream<Path> entries;

    DirectoryByPath(Path path, DirectoryStream<Path> entries) {
        this.path = path;
        this.entries = entries;
    }

    @Override
    public Iterator<Path> iterator() {
        return entries.iterator();
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path name, LinkOption... options) throws IOException {
        Path child = path.resolve(name);
        return new DirectoryByPath(child, Files.newDirectoryStream(child));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return FileChannel.open(path.resolve(name), options, attributes);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        Files.delete(path.resolve(name));
    }

    @Override
    public void deleteDirectory(Path name) throws IOException {
        Files.delete(path.resolve(name));
    }

    @Override
    public void move(Path from, SecureDirectoryStream<Path> directory, Path to) throws IOException {
        Files.move(path.resolve(from), ((DirectoryByPath) directory).path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
        return Files.getFileAttributeView(path, type);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path name, Class<V> type, LinkOption... options) {
        return Files.getFileAttributeView(path.resolve(name), type, options);
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
