package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.OutputFence;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Map;
import org.apache.tools.tar.TarConstants;
import org.apache.tools.tar.TarEntry;
import org.apache.tools.tar.TarOutputStream;

/**
 * Moves files between two machines as a tar archive. It is written here and read without trust. Safe for several
 * threads.
 */
public final class FileArchive {
    private static final int BUFFER = 64 * 1024;

    private static final String CHANGES = "changes while it is read";
    private static final String GROWN = "has grown much since it was checked, or files before it have";

    private FileArchive() {}

    /**
     * Writes files to an archive. A file that cannot be read is left out. If a file changes meanwhile, the archive says
     * so.
     *
     * @return what is wrong with the files that were not sent, one sentence each
     * @throws IOException when a problem is temporary, or is one of the stream
     */
    public static ArrayList<String> write(SendRequest request, OutputStream to)
            throws IOException, InterruptedException {
        OutputFence fence = request.fence();
        try (Enclosure from = fence == null
                ? Enclosure.of(Path.of(request.directory()))
                : OutputDirectory.open(request.directory(), fence)) {
            return write(from, request, to);
        }
    }

    private static ArrayList<String> write(Enclosure from, SendRequest request, OutputStream to)
            throws IOException, InterruptedException {
        TarOutputStream tar = new TarOutputStream(new BufferedOutputStream(to, BUFFER), ArchiveMarks.NAMES);
        tar.setLongFileMode(TarOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarOutputStream.BIGNUMBER_STAR);
        Problems problems = new Problems();
        long room = request.most();
        for (String name : request.names()) {
            Sent sent = write(from, name, room, tar);
            room -= sent.bytes();
            String trouble = sent.trouble();
            if (!trouble.isEmpty()) {
                problems.add(Printable.of(name), trouble);
            }
        }
        mark(ArchiveMarks.END, tar);
        tar.finish();
        tar.flush();
        return new ArrayList<>(problems.list());
    }

    /** @param trouble what is wrong with the file; empty if it is in the archive */
    private record Sent(long bytes, String trouble) {
        static Sent nothing(String trouble) {
            return new Sent(0, trouble);
        }
    }

    /** @param room how many bytes may still be sent */
    private static Sent write(Enclosure from, String name, long room, TarOutputStream tar)
            throws IOException, InterruptedException {
        FileChannel channel;
        Map<String, Object> facts;
        Path file;
        try {
            file = from.path().resolve(name).toRealPath();
            if (!file.startsWith(from.path())) {
                return Sent.nothing("leaves " + from.path());
            }
            channel = RegularFile.open(from, file);
            facts = Files.readAttributes(file, "unix:mode,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return Sent.nothing(FileNames.words(e));
        } catch (IOException e) {
            if (FileTrouble.isPassing(e)) {
                throw e;
            }
            return Sent.nothing("cannot be read: " + FileTrouble.words(e));
        }
        try (InputStream in = Channels.newInputStream(channel)) {
            FileFacts before = FileFacts.of(file);
            long size = channel.size();
            if (size > room) {
                return Sent.nothing(GROWN);
            }
            TarEntry entry = new TarEntry(name);
            entry.setSize(size);
            entry.setMode((Integer) facts.get("mode") & 0777);
            entry.setModTime(((FileTime) facts.get("lastModifiedTime")).toMillis());
            tar.putNextEntry(entry);
            String trouble = content(in, size, tar);
            tar.closeEntry();
            if (trouble.isEmpty() && !before.isUntouched(FileFacts.of(file))) {
                trouble = CHANGES;
            }
            if (!trouble.isEmpty()) {
                mark(ArchiveMarks.NOT_WHOLE, tar);
            }
            return new Sent(size, trouble);
        }
    }

    /** Writes exactly as many bytes as were announced, whatever happens to the file. */
    private static String content(InputStream in, long size, TarOutputStream tar) throws IOException {
        byte[] buffer = new byte[BUFFER];
        String trouble = "";
        for (long left = size; left > 0; ) {
            int length = (int) Math.min(buffer.length, left);
            if (trouble.isEmpty()) {
                try {
                    int read = in.read(buffer, 0, length);
                    trouble = read < 0 ? CHANGES : "";
                    length = read < 0 ? length : read;
                } catch (ClosedByInterruptException e) {
                    throw e;
                } catch (IOException e) {
                    trouble = "cannot be read: " + FileTrouble.words(e);
                }
            }
            tar.write(buffer, 0, length);
            left -= length;
        }
        return trouble;
    }

    /** Writes a mark for the other machine, as an entry that is no file. */
    private static void mark(String what, TarOutputStream tar) throws IOException {
        tar.putNextEntry(new TarEntry(what, TarConstants.LF_DIR));
        tar.closeEntry();
    }

    /**
     * Reads an archive and puts its files below a directory. Nothing is written outside of it, whatever the archive
     * contains and whatever links are there. A file that cannot be written is left out.
     *
     * @return what has arrived, and what is wrong with the rest
     * @throws InvalidRequestException when the files do not fit into a job's directory; the message has numbers
     * @throws IOException when they do not fit elsewhere, or when the archive is incomplete
     */
    public static ReceiveAnswer read(ReceiveRequest request, InputStream from)
            throws IOException, InterruptedException {
        Path directory = Path.of(request.directory());
        if (request.alone()) {
            SmallFiles.deleteTree(directory);
            SmallFiles.createPrivateDirectory(directory);
        }
        Path base = Files.createDirectories(directory).toRealPath();
        FileStore store = Files.getFileStore(base);
        boolean complete = false;
        Enclosure to = Enclosure.of(base);
        ArchiveReader reader = new ArchiveReader(to, new ArchiveBounds(from, request.files(), request.most()));
        try (to) {
            if (store.getUsableSpace() < request.bytes()) {
                throw new IOException("No space left on device");
            }
            ReceiveAnswer answer = reader.read();
            complete = true;
            return answer;
        } catch (IOException e) {
            String text = Printable.of(String.valueOf(e.getMessage())) + "; " + ByteText.of(reader.bytes()) + " of "
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
}
