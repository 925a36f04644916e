package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.Selection;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.tools.tar.TarEntry;
import org.apache.tools.tar.TarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a workspace into a directory of another machine, by way of bytes. */
class FileArchiveTest {
    private static final String STRANGE = "deep/new\nline 'q\" $HOME \u00e4\u20ac\\ " + "x".repeat(120) + ".txt";

    @TempDir
    private Path folder;

    private Path workspace;
    private Path target;

    @BeforeEach
    void prepare() throws Exception {
        workspace = Files.createDirectories(folder.resolve("work space"));
        target = folder.resolve("target");
        write("data.csv", "1,2");
        write(STRANGE, "strange");
        write("empty", "");
        write("grows", "");
    }

    private void write(String name, String text) throws Exception {
        Files.createDirectories(workspace.resolve(name).getParent());
        Files.writeString(workspace.resolve(name), text);
    }

    private Selection select(String patterns) throws Exception {
        return LocalSelection.of(workspace.toString(), FilePattern.parse(patterns), "/shared/j/files");
    }

    private byte[] archive(List<String> names) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FileArchive.write(SendRequest.ofWorkspace(workspace.toString(), new ArrayList<>(names), 0), out);
        return out.toByteArray();
    }

    private ReceiveAnswer read(byte[] archive, boolean alone, int files, long bytes) throws Exception {
        return FileArchive.read(
                new ReceiveRequest(target.toString(), alone, files, bytes), new ByteArrayInputStream(archive));
    }

    @Test
    void namesContentsTimesAndPermissionsArrive() throws Exception {
        Files.setPosixFilePermissions(workspace.resolve("data.csv"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(workspace.resolve("data.csv"), FileTime.fromMillis(1_000_000_000_000L));
        Selection selection = select("INPUT_DATA=data.csv, deep/**, empty");
        Map<String, String> exports = new TreeMap<>();
        selection.exports().forEach(export -> exports.put(export.name(), export.value()));
        assertEquals("/shared/j/files/data.csv", exports.get("DATA"));
        assertEquals("/shared/j/files/data.csv", exports.get("FILE_INPUT_DATA"));
        assertEquals(10, selection.bytes());
        read(archive(selection.names()), true, 3, selection.bytes());
        assertEquals("1,2", Files.readString(target.resolve("data.csv")));
        assertEquals("strange", Files.readString(target.resolve(STRANGE)));
        assertEquals(0, Files.size(target.resolve("empty")));
        assertEquals(
                "rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("data.csv"))));
        assertEquals(
                1_000_000_000_000L,
                Files.getLastModifiedTime(target.resolve("data.csv")).toMillis());
    }

    @Test
    void aMissingWorkspaceIsReported() {
        workspace = folder.resolve("none");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> select("data.csv"))
                .getMessage()
                .contains("there is no workspace"));
    }

    @Test
    void aTruncatedArchiveIsAnErrorAndLeavesNothing() throws Exception {
        write("large", "x".repeat(100_000));
        byte[] whole = archive(List.of("data.csv", "large"));
        for (int length : new int[] {512, 1024, 40_960, whole.length / 2}) {
            byte[] half = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> read(half, true, 2, 100_003));
            assertFalse(Files.exists(target), "after " + length + " bytes");
        }
        read(whole, true, 2, 100_003);
    }

    @Test
    void aLinkOutOfTheWorkspaceIsNotSent() throws Exception {
        Files.writeString(folder.resolve("secret"), "x");
        Files.createSymbolicLink(workspace.resolve("link"), folder.resolve("secret"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> problems = FileArchive.write(
                SendRequest.ofWorkspace(workspace.toString(), new ArrayList<>(List.of("link", "data.csv")), 0), out);
        assertEquals(List.of("'link' leaves " + workspace.toRealPath()), problems);
        assertEquals(List.of("data.csv"), read(out.toByteArray(), false, 1, 3).files());
        assertFalse(Files.exists(target.resolve("link")));
    }

    /** What cannot be read at one end, or written at the other, is named; the others arrive. */
    @Test
    void oddFilesDoNotStopOthers() throws Exception {
        OddFiles.pipe(workspace.resolve("pipe"));
        OddFiles.link(workspace.resolve("dangling"), "/nowhere");
        write("sub/file", "x");
        write("name", "x");
        Files.createDirectories(target.resolve("name/in/the/way"));
        Files.writeString(target.resolve("sub"), "a file where a directory should be");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> names = List.of("pipe", "dangling", "gone", "sub/file", "name", "data.csv");
        List<String> unsent =
                FileArchive.write(SendRequest.ofWorkspace(workspace.toString(), new ArrayList<>(names), 0), out);
        assertEquals(
                List.of(
                        "'pipe' cannot be read: it is a named pipe",
                        "'dangling' cannot be read: it is not there any more",
                        "'gone' cannot be read: it is not there any more"),
                unsent);
        ReceiveAnswer answer = read(out.toByteArray(), false, 6, 5);
        assertEquals(List.of("data.csv"), answer.files());
        assertEquals(3, answer.bytes());
        assertEquals(
                List.of(
                        "'sub/file' cannot be written: sub is no directory there",
                        "'name' cannot be written: a directory of that name is in the way"),
                answer.problems());
    }

    /** It is announced before it is read. */
    @Test
    void aFileThatIsCutWhileItIsReadDoesNotArrive() throws Exception {
        write("cut", "x".repeat(1_000_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] piece, int from, int length) {
                super.write(piece, from, length);
                try (var file =
                        new java.io.RandomAccessFile(workspace.resolve("cut").toFile(), "rw")) {
                    file.setLength(10);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        List<String> problems = FileArchive.write(
                SendRequest.ofWorkspace(workspace.toString(), new ArrayList<>(List.of("cut", "data.csv")), 0), out);
        assertEquals(List.of("'cut' changes while it is read"), problems);
        Files.createDirectories(target);
        Files.writeString(target.resolve("cut"), "as it was");
        assertEquals(
                List.of("data.csv"),
                read(out.toByteArray(), false, 2, 1_000_003).files());
        assertEquals("as it was", Files.readString(target.resolve("cut")));
    }

    /** A log that is still written is sent as it is now; one without measure is named, and the others arrive. */
    @Test
    void filesMayGrowAfterTheyWereLookedAt() throws Exception {
        Selection selection = select("data.csv, empty, grows");
        write("grows", "x".repeat(1_000_000));
        try (var file = new java.io.RandomAccessFile(workspace.resolve("empty").toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> problems = FileArchive.write(
                SendRequest.ofWorkspace(
                        workspace.toString(),
                        new ArrayList<>(List.of("empty", "grows", "data.csv")),
                        selection.bytes()),
                out);
        assertEquals(List.of("'empty' has grown much since it was checked, or files before it have"), problems);
        assertEquals(
                List.of("grows", "data.csv"),
                read(out.toByteArray(), false, 3, selection.bytes()).files());
    }

    private static byte[] entry(TarEntry entry, String text) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarOutputStream tar = new TarOutputStream((OutputStream) out, "UTF-8");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        entry.setSize(bytes.length);
        tar.putNextEntry(entry);
        tar.write(bytes);
        tar.closeEntry();
        tar.finish();
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "a/../../outside", "/etc/outside"})
    void filesFromAnAgentStayBelowTheDirectory(String name) throws Exception {
        byte[] archive = entry(new TarEntry(name, true), "x");
        assertThrows(IOException.class, () -> read(archive, false, 1, 1));
        assertFalse(Files.exists(folder.resolve("outside")));
    }

    @Test
    void linksInAnArchiveAreRefused() {
        TarEntry link = new TarEntry("link", (byte) '2');
        link.setLinkName("/etc/passwd");
        assertThrows(IOException.class, () -> read(entry(link, ""), false, 1, 0));
        assertFalse(Files.exists(target.resolve("link")));
    }

    @Test
    void linksInTheWorkspaceAreNotFollowed() throws Exception {
        Files.createDirectories(target);
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("precious"), "old");
        Files.createSymbolicLink(target.resolve("deep"), outside);
        Files.createSymbolicLink(target.resolve("data.csv"), precious);
        ReceiveAnswer refused = read(archive(List.of(STRANGE)), false, 1, 7);
        assertEquals(List.of(), refused.files());
        assertTrue(refused.problems().get(0).contains("would be written outside of"), refused.toString());
        read(archive(List.of("data.csv")), false, 1, 3);
        assertEquals("old", Files.readString(precious));
        assertEquals("1,2", Files.readString(target.resolve("data.csv")));
    }

    @Test
    void lackOfRoomIsReportedWithNumbers() throws Exception {
        byte[] archive = archive(List.of("data.csv"));
        String numbers = "No space left on device; 0 bytes of 9.2 EB are in .*, where .* of .* are free";
        String refused = assertThrows(InvalidRequestException.class, () -> read(archive, true, 1, Long.MAX_VALUE))
                .getMessage();
        assertTrue(refused.matches("files: " + numbers + "; make room there, or attach less"), refused);
        String later = assertThrows(IOException.class, () -> read(archive, false, 1, Long.MAX_VALUE))
                .getMessage();
        assertTrue(later.matches(numbers), later);
    }
}
