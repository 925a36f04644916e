package io.jenkins.plugins.slurmapptainer.engine.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.engine.Selection;
import io.jenkins.plugins.slurmapptainer.engine.SendRequest;
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
    void prepare() throws IOException {
        workspace = Files.createDirectories(folder.resolve("work space"));
        target = folder.resolve("target");
        write("data.csv", "1,2");
        write(STRANGE, "strange");
        write("empty", "");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(workspace.resolve(name).getParent());
        Files.writeString(workspace.resolve(name), text);
    }

    private Selection select(String patterns) throws IOException {
        return LocalSelection.of(workspace.toString(), FilePattern.parse(patterns), "/shared/j/files");
    }

    private byte[] archive(List<String> names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FileArchive.write(new SendRequest(workspace.toString(), new ArrayList<>(names)), out);
        return out.toByteArray();
    }

    private void read(byte[] archive, boolean alone, int files, long bytes) throws IOException {
        FileArchive.read(new ReceiveRequest(target.toString(), alone, files, bytes), new ByteArrayInputStream(archive));
    }

    @Test
    void namesContentsTimesAndPermissionsArrive() throws IOException {
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
    void aWorkspaceThatIsNotThereIsSaid() {
        workspace = folder.resolve("none");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> select("data.csv"))
                .getMessage()
                .contains("there is no workspace"));
    }

    @Test
    void whatBreaksOffIsAnErrorAndLeavesNothing() throws IOException {
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
    void aLinkOutOfTheWorkspaceIsNotSent() throws IOException {
        Files.writeString(folder.resolve("secret"), "x");
        Files.createSymbolicLink(workspace.resolve("link"), folder.resolve("secret"));
        assertTrue(assertThrows(IOException.class, () -> archive(List.of("link")))
                .getMessage()
                .contains("leaves"));
    }

    private static byte[] entry(TarEntry entry, String text) throws IOException {
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
    void whatAnAgentSendsStaysBelowTheDirectory(String name) throws IOException {
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
    void linksInTheWorkspaceAreNotFollowed() throws IOException {
        Files.createDirectories(target);
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("precious"), "old");
        Files.createSymbolicLink(target.resolve("deep"), outside);
        Files.createSymbolicLink(target.resolve("data.csv"), precious);
        assertThrows(IOException.class, () -> read(archive(List.of(STRANGE)), false, 1, 7));
        read(archive(List.of("data.csv")), false, 1, 3);
        assertEquals("old", Files.readString(precious));
        assertEquals("1,2", Files.readString(target.resolve("data.csv")));
    }

    @Test
    void whatDoesNotFitIsSaidWithNumbers() throws IOException {
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
