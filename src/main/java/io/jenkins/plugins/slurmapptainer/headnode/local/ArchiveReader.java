package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.apache.tools.tar.TarEntry;
import org.apache.tools.tar.TarInputStream;

/**
 * Unpacks an archive of {@link FileArchive} without trusting it. A file is put in its place only when the archive
 * continues without a mark that the file is not whole.
 */
final class ArchiveReader {
    private final Enclosure to;
    private final TarInputStream tar;
    private final Set<String> names = new HashSet<>();
    private final ArrayList<String> files = new ArrayList<>();
    private final Problems problems = new Problems();
    private long bytes;

    @CheckForNull
    private Arrived last;

    /** A file that waits to be put in its place. */
    private record Arrived(String name, Path temporary, Path target, long size) {}

    /** @param to where the files are put */
    ArchiveReader(Enclosure to, InputStream from) {
        this.to = to;
        tar = new TarInputStream(from, ArchiveMarks.NAMES);
    }

    /** Total size of the files that have arrived. */
    long bytes() {
        return bytes;
    }

    /** @throws IOException when this is no archive, when it ends too early, or when there is not enough room */
    ReceiveAnswer read() throws IOException, InterruptedException {
        try {
            for (TarEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory() && entry.getName().equals(ArchiveMarks.END)) {
                    settle();
                    return new ReceiveAnswer(files, bytes, new ArrayList<>(problems.list()));
                }
                if (entry.isDirectory() && entry.getName().equals(ArchiveMarks.NOT_WHOLE)) {
                    drop();
                } else {
                    settle();
                    take(entry);
                }
            }
            throw new IOException("the connection broke");
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } finally {
            drop();
        }
    }

    private void take(TarEntry entry) throws IOException {
        String name = entry.getName();
        boolean ordinary = entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
        if (!ordinary || name.startsWith("/") || ("/" + name + "/").contains("/../") || !names.add(name)) {
            throw new IOException("'" + Printable.of(name) + "' is no file of a workspace");
        }
        Path temporary = Path.of("." + UUID.randomUUID() + ".slurm");
        Path target;
        OutputStream out;
        try {
            target = SafePlace.below(to.path(), Path.of(name));
            try (HeldDirectory parent = to.parent(target)) {
                out = Channels.newOutputStream(parent.create(temporary));
            }
        } catch (InvalidPathException e) {
            problems.add(Printable.of(name), FileNames.words(e));
            return;
        } catch (IOException e) {
            problem(name, e);
            return;
        }
        last = new Arrived(name, temporary, target, entry.getSize());
        try (out) {
            tar.transferTo(out);
        }
        try (HeldDirectory parent = to.parent(target)) {
            PosixFileAttributeView file = parent.view(temporary);
            if (file.readAttributes().size() != entry.getSize()) {
                throw new EOFException("the connection broke");
            }
            file.setPermissions(permissions(entry.getMode()));
            file.setTimes(FileTime.fromMillis(entry.getModTime().getTime()), null, null);
        } catch (EOFException e) {
            throw e;
        } catch (IOException e) {
            problem(name, e);
            drop();
        }
    }

    /** Puts the last file, which is whole, in its place. */
    private void settle() throws IOException {
        Arrived file = last;
        if (file == null) {
            return;
        }
        try (HeldDirectory parent = to.parent(file.target())) {
            if (Files.isDirectory(file.target(), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("a directory of that name is in the way");
            }
            parent.rename(file.temporary(), file.target().getFileName());
            last = null;
            files.add(file.name());
            bytes += file.size();
        } catch (IOException e) {
            problem(file.name(), e);
        }
        drop();
    }

    private void drop() throws IOException {
        Arrived file = last;
        last = null;
        if (file != null) {
            try (HeldDirectory parent = to.parent(file.target())) {
                parent.delete(file.temporary());
            } catch (NoSuchFileException e) {
                // It is gone, which is the aim.
            }
        }
    }

    private void problem(String name, IOException e) throws IOException {
        if (FileTrouble.isPassing(e)) {
            throw e;
        }
        problems.add(Printable.of(name), "cannot be written: " + FileTrouble.words(e));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            // The constants are declared in the order of the bits, starting with the owner's right to read.
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
