package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links and pipes that a job puts where the head node reads, writes and deletes. */
@Timeout(60)
class HostileJobDirectoryTest {
    private static final List<String> NAMES = List.of(
            "space-probe",
            "output.log",
            "stdout",
            "jobid",
            "env",
            "ended",
            "owner",
            "started.0",
            "files.copied",
            "sbatch-called",
            "batch.sh");

    @TempDir
    Path folder;

    private Path shared;
    private JobDirectory directory;
    private Path job;
    private Path foreign;

    @BeforeEach
    void prepare() throws IOException {
        shared = Files.createDirectory(folder.resolve("shared")).toRealPath();
        directory = new JobDirectory(shared + "/c1", JobToken.random());
        job = Files.createDirectories(Path.of(directory.path()));
        foreign = Files.createDirectory(folder.resolve("foreign")).toRealPath();
        for (String name : NAMES) {
            Files.writeString(foreign.resolve(name), "precious");
        }
    }

    private void unharmed() throws IOException {
        try (Stream<Path> files = Files.list(foreign)) {
            assertEquals(NAMES.size(), files.count());
        }
        for (String name : NAMES) {
            assertEquals("precious", Files.readString(foreign.resolve(name)), name);
        }
    }

    private void useAll() throws Exception {
        JobStore store = new JobStore(directory.root());
        assertEquals("", DiskSpace.missing(directory));
        for (String name : NAMES) {
            String path = directory.path() + "/" + name;
            assertEquals(Optional.empty(), store.read(path), name);
            assertFalse(store.exists(path), name);
        }
        OutputReader.Piece piece = new GrowingLog(store, Path.of(directory.outputLog())).read(0, 1000, true, true);
        assertArrayEquals(new byte[0], piece.bytes());
        assertThrows(IOException.class, () -> new LocalHeadNode().returnedOutput(directory));
        EndMark.FAILED.leave(directory);
        new LocalHeadNode().collect(CollectRequest.cleanUp(directory, CollectRequest.Afterwards.USE));
    }

    @Test
    void linksInPlaceOfFilesAreNotFollowed() throws Exception {
        for (String name : NAMES) {
            OddFiles.link(job.resolve(name), foreign.resolve(name).toString());
        }
        useAll();
        unharmed();
        new JobStore(directory.root()).write(directory.jobId(), "12\n");
        assertEquals("12\n", Files.readString(Path.of(directory.jobId())));
        assertFalse(Files.isSymbolicLink(Path.of(directory.jobId())));
        unharmed();
    }

    @Test
    void aLinkInPlaceOfTheDirectoryIsNotFollowed() throws Exception {
        Files.delete(job);
        OddFiles.link(job, foreign.toString());
        JobStore store = new JobStore(directory.root());
        for (String name : NAMES) {
            String path = directory.path() + "/" + name;
            assertThrows(IOException.class, () -> store.write(path, "mine"), name);
            assertThrows(IOException.class, () -> store.delete(path), name);
            assertEquals(Optional.empty(), store.read(path), name);
        }
        assertEquals("", DiskSpace.missing(directory));
        assertThrows(IOException.class, () -> store.list(directory.path()));
        assertThrows(IOException.class, () -> store.createDirectory(directory.tasks()));
        unharmed();
    }

    @Test
    void aLinkInPlaceOfTheControllersDirectoryIsNotFollowed() throws Exception {
        Files.delete(job);
        Files.delete(job.getParent());
        Files.createDirectory(foreign.resolve("x"));
        OddFiles.link(job.getParent(), foreign.toString());
        JobStore store = new JobStore(directory.root());
        assertThrows(IOException.class, () -> store.list(directory.root()));
        assertThrows(IOException.class, () -> store.write(directory.root() + "/env", "mine"));
        refused("is a symbolic link");
    }

    @Test
    void aLengthIsThatOfAFileInTheJobsDirectory() throws Exception {
        JobStore store = new JobStore(directory.root());
        Path log = Path.of(directory.outputLog());
        long length = "precious".length();
        assertFalse(store.surelyHasLength(log, length));
        Files.writeString(log, "precious");
        assertTrue(store.surelyHasLength(log, length));
        assertFalse(store.surelyHasLength(log, length + 1));
        Files.delete(log);
        OddFiles.link(log, foreign.resolve("output.log").toString());
        assertFalse(store.surelyHasLength(log, length));
        Files.delete(log);
        OddFiles.pipe(log);
        assertFalse(store.surelyHasLength(log, 0));
        Files.delete(log);
        Files.delete(job);
        OddFiles.link(job, foreign.toString());
        assertFalse(store.surelyHasLength(log, length));
        unharmed();
    }

    @Test
    void pipesDoNotBlock() throws Exception {
        for (String name : NAMES) {
            OddFiles.pipe(job.resolve(name));
        }
        useAll();
        Path other = Path.of(new JobDirectory(directory.root(), JobToken.random()).path());
        OddFiles.pipe(other);
        assertThrows(IOException.class, () -> new JobStore(directory.root()).list(other.toString()));
        assertThrows(IOException.class, () -> HeldDirectory.open(other));
    }

    /** What stands in where Java cannot hold a directory does the same, by paths. */
    @Test
    void pathsReplaceHeldDirectoriesWhereJavaHasNone() throws Exception {
        Files.createDirectory(foreign.resolve("sub"));
        Path env = Path.of("env");
        try (DirectoryByPath directory = new DirectoryByPath(foreign, Files.newDirectoryStream(foreign))) {
            directory.move(env, directory, Path.of("other"));
            assertTrue(Files.exists(foreign.resolve("other")));
            directory.deleteFile(Path.of("other"));
            assertFalse(Files.exists(foreign.resolve("other")));
            directory.newDirectoryStream(Path.of("sub")).close();
            directory.deleteDirectory(Path.of("sub"));
            OddFiles.link(foreign.resolve("env"), "jobid");
            assertThrows(
                    IOException.class,
                    () -> directory.newByteChannel(env, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
        }
    }

    private void refused(String words) {
        StageRequest request = new StageRequest(directory, shared.toString(), "", new ArrayList<>());
        String message = assertThrows(InvalidRequestException.class, () -> new LocalHeadNode().stage(request))
                .getMessage();
        assertTrue(message.startsWith("sharedDirectory: ") && message.contains(words), message);
    }

    @Test
    void aControllersDirectoryThatOthersMayWriteInIsRefused() throws Exception {
        Files.setPosixFilePermissions(job.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        refused("may write in");
    }

    /** Only the superuser can make one. */
    @Test
    void aControllersDirectoryOfAnotherUserIsRefused() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(job, "unix:uid", LinkOption.NOFOLLOW_LINKS)));
        Files.setAttribute(job.getParent(), "unix:uid", 12345);
        refused("belongs to user 12345");
    }

    @Test
    void aNewControllersDirectoryIsPrivate() throws Exception {
        Files.delete(job);
        Files.delete(job.getParent());
        new LocalHeadNode().stage(new StageRequest(directory, shared.toString(), "", new ArrayList<>()));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(job.getParent())));
    }
}
