package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.engine.ByteText;
import io.jenkins.plugins.slurmapptainer.engine.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.engine.SendRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.tools.tar.TarEntry;
import org.apache.tools.tar.TarInputStream;
import org.apache.tools.tar.TarOutputStream;

/** Files between two machines as a tar archive: written here, and read where nothing of it is believed. */
public final class FileArchive {
    private static final int BUFFER = 64 * 1024;
    private static final String NAMES = "UTF-8";

    private FileArchive() {}

    /**
     * Writes files.
     *
     * @throws IOException also for a link that leaves the directory
     */
    public static void write(SendRequest request, OutputStream to) throws IOException {
        Path base = Path.of(request.directory()).toRealPath();
        TarOutputStream tar = new TarOutputStream(new BufferedOutputStream(to, BUFFER), NAMES);
        tar.setLongFileMode(TarOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarOutputStream.BIGNUMBER_STAR);
        for (String name : request.names()) {
            Path file = base.resolve(name).toRealPath();
            if (!file.startsWith(base)) {
                throw new IOException("'" + Printable.of(name) + "' leaves " + base);
            }
            write(file, name, tar);
        }
        tar.finish();
        tar.flush();
    }

    private static void write(Path file, String name, TarOutputStream tar) throws IOException {
        Map<String, Object> facts = Files.readAttributes(file, "unix:size,mode,lastModifiedTime");
        long size = (Long) facts.get("size");
        TarEntry entry = new TarEntry(name);
        entry.setSize(size);
        entry.setMode((Integer) facts.get("mode") & 0777);
        entry.setModTime(((FileTime) facts.get("lastModifiedTime")).toMillis());
        tar.putNextEntry(entry);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            long left = size;
            while (left > 0) {
                int length = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (length < 0) {
                    throw new IOException("'" + Printable.of(name) + "' became shorter while it was read");
                }
                tar.write(buffer, 0, length);
                left -= length;
            }
        }
        tar.closeEntry();
    }

    /**
     * Reads files and puts them below a directory; nothing is written outside of it, whatever the archive says and
     * whatever links lie there.
     *
     * @throws InvalidRequestException when they do not fit into a job's directory, with numbers
     * @throws IOException when they do not fit elsewhere, and when the archive is not complete
     */
    public static void read(ReceiveRequest request, InputStream from) throws IOException {
        Path directory = Path.of(request.directory());
        if (request.alone()) {
            SmallFiles.deleteTree(directory);
            SmallFiles.createPrivateDirectory(directory);
        }
        Path base = Files.createDirectories(directory).toRealPath();
        FileStore store = Files.getFileStore(base);
        boolean complete = false;
        long[] bytes = {0};
        try {
            if (store.getUsableSpace() < request.bytes()) {
                throw new IOException("No space left on device");
            }
            int files = readAll(base, from, bytes);
            if (files != request.files()) {
                throw new IOException("only " + files + " of " + request.files() + " files arrived");
            }
            complete = true;
        } catch (IOException e) {
            String text = Printable.of(String.valueOf(e.getMessage())) + "; " + ByteText.of(bytes[0]) + " of "
                    + ByteText.of(request.bytes()) + " are in " + base + ", where " + DiskSpace.free(store);
            if (request.alone() && DiskSpace.isFull(e)) {
                throw new InvalidRequestException("files", text + "; " + DiskSpace.REMEDY);
            }
            throw new IOException(text, e);
        } finally {
            if (!complete && request.alone()) {
                SmallFiles.deleteTree(directory);
            }
        }
    }

    private static int readAll(Path base, InputStream from, long[] bytes) throws IOException {
        Set<String> names = new HashSet<>();
        TarInputStream tar = new TarInputStream(from, NAMES);
        for (TarEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String name = entry.getName();
            boolean ordinary = entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
            if (!ordinary || name.startsWith("/") || ("/" + name + "/").contains("/../") || !names.add(name)) {
                throw new IOException("'" + Printable.of(name) + "' is no file of a workspace");
            }
            Path target = SafePlace.below(base, Path.of(name));
            Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".slurm");
            try {
                Files.copy(tar, temporary, StandardCopyOption.REPLACE_EXISTING);
                if (Files.size(temporary) != entry.getSize()) {
                    throw new IOException("the connection broke");
                }
                Files.setPosixFilePermissions(temporary, permissions(entry.getMode()));
                Files.setLastModifiedTime(
                        temporary, FileTime.fromMillis(entry.getModTime().getTime()));
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            bytes[0] += entry.getSize();
        }
        return names.size();
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            // Declared in the order of the bits, from the owner's right to read on.
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
