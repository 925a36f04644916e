package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.headnode.OutputFence;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that try to have files brought that are not theirs: they are read with the rights of the agent. */
@Timeout(60)
class HostileOutputsTest {
    private static final String SECRET = "TOKEN=of-another-job";

    @TempDir
    Path folder;

    private Path shared;
    private JobDirectory directory;
    private Path victim;
    private Path scratch;
    private Path workspace;
    private String used = "";
    private final ArrayList<String> roots = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        shared = Files.createDirectory(folder.resolve("shared")).toRealPath();
        directory = new JobDirectory(shared + "/c1", JobToken.random());
        Files.createDirectories(Path.of(directory.files()));
        victim = Path.of(new JobDirectory(shared + "/c1", JobToken.random()).path());
        Files.createDirectories(victim);
        Files.writeString(victim.resolve("env"), SECRET);
        scratch = Files.createDirectories(folder.resolve("scratch/me")).toRealPath();
        workspace = Files.createDirectory(folder.resolve("workspace")).toRealPath();
    }

    private OutputFence fence() {
        return new OutputFence(directory, used, roots);
    }

    private CollectAnswer collect(Path from, String patterns) throws Exception {
        return new LocalHeadNode()
                .collect(new CollectRequest(
                        directory,
                        CollectRequest.Afterwards.USE,
                        new ArrayList<>(FilePattern.parseOutputs(patterns)),
                        from.toString(),
                        workspace.toString(),
                        fence(),
                        OutputBounds.NONE,
                        false,
                        ""));
    }

    private void refused(Path from, String patterns) throws Exception {
        CollectAnswer answer = collect(from, patterns);
        assertEquals(List.of(), answer.files());
        assertEquals(1, answer.problems().size(), answer.problems().toString());
        assertTrue(
                answer.problems().get(0).startsWith("outputs are not read in " + from),
                answer.problems().toString());
        assertFalse(Files.exists(workspace.resolve(patterns)), patterns);
        assertThrows(IOException.class, () -> send(from, patterns));
    }

    private String send(Path from, String name) throws Exception {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        FileArchive.write(new SendRequest(from.toString(), new ArrayList<>(List.of(name)), 0, fence()), archive);
        return archive.toString(StandardCharsets.UTF_8);
    }

    private void brought(Path from, String name) throws Exception {
        Files.writeString(from.resolve(name), "mine");
        assertEquals(List.of(name), collect(from, name).files());
        assertEquals("mine", Files.readString(workspace.resolve(name)));
        assertTrue(send(from, name).contains("mine"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/self", "/proc/self/../self", "/sys/kernel", "/dev"})
    void systemFilesAboutTheAgentAreNeverCopied(String path) throws Exception {
        refused(Path.of(path), "environ");
        roots.add("/");
        refused(Path.of(path), "environ");
        StageRequest request = new StageRequest(
                directory, shared.toString(), "", new ArrayList<>(), path, new ArrayList<>(List.of("/")), false);
        String message = assertThrows(InvalidRequestException.class, () -> new LocalHeadNode().stage(request))
                .getMessage();
        assertTrue(message.startsWith("outputs: outputs are not read in " + path), message);
    }

    @Test
    void onlyFilesInAllowedDirectoriesAreCopied() throws Exception {
        brought(Path.of(directory.files()), "a.txt");
        refused(scratch, "b.txt");
        roots.add(scratch.getParent().toString());
        brought(scratch, "b.txt");
        refused(workspace, "c.txt");
        used = workspace.toString();
        brought(workspace, "c.txt");
    }

    /** An administrator's directory may be a link. */
    @Test
    void aLinkToAnAllowedDirectoryIsAllowed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), scratch);
        roots.add(link.toString());
        brought(link, "a.txt");
        brought(scratch, "b.txt");
    }

    /** As the directories above the home directories of many sites. */
    @Test
    void anAllowedDirectoryNeedNotBeListed() throws Exception {
        roots.add(scratch.getParent().toString());
        Files.setPosixFilePermissions(scratch.getParent(), PosixFilePermissions.fromString("--x--x--x"));
        try {
            brought(scratch, "a.txt");
        } finally {
            Files.setPosixFilePermissions(scratch.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aWorkingDirectoryThatBecomesALinkLeadsNowhere() throws Exception {
        roots.add(scratch.getParent().toString());
        Path run = Files.createDirectory(scratch.resolve("run"));
        brought(run, "a.txt");
        Files.move(run, scratch.resolve("old"));
        Files.createSymbolicLink(run, victim);
        refused(run, "env");
    }

    @Test
    void theJobsDirectoryThatBecomesALinkLeadsNowhere() throws Exception {
        Path files = Path.of(directory.files());
        Files.delete(files);
        Files.createSymbolicLink(files, victim);
        refused(files, "env");
        Files.delete(files);
        Files.delete(files.getParent());
        Files.createDirectory(victim.resolve("files"));
        Files.writeString(victim.resolve("files/env"), SECRET);
        Files.createSymbolicLink(files.getParent(), victim);
        refused(files, "env");
    }

    @Test
    void theWorkspaceThatBecomesALinkLeadsNowhere() throws Exception {
        Path place = Files.createDirectory(shared.resolve("ws"));
        used = place.toString();
        brought(place, "a.txt");
        Files.move(place, shared.resolve("old"));
        Files.createSymbolicLink(place, victim);
        refused(place, "env");
    }

    /** Even where everything around is allowed. */
    @Test
    void otherJobsDirectoriesAreNotAllowed() throws Exception {
        roots.add(folder.toRealPath().toString());
        refused(victim, "env");
        refused(victim.getParent(), "env");
        brought(Path.of(directory.files()), "a.txt");
    }

    /** Found while it was a directory, and a link when it is opened. */
    @Test
    void aDirectoryThatBecomesALinkMeanwhileIsNotOpened() throws Exception {
        Path files = Path.of(directory.files());
        Path deep = Files.createDirectory(files.resolve("deep"));
        Files.writeString(deep.resolve("env"), "mine");
        try (Enclosure from = OutputDirectory.open(files.toString(), fence());
                Enclosure to = Enclosure.of(workspace)) {
            OutputSelection selection = OutputSelection.of(from, workspace, FilePattern.parseOutputs("deep/*"), null);
            Path source = selection.outputs().get(0).source();
            Files.move(deep, files.resolve("old"));
            Files.createSymbolicLink(deep, victim);
            WholeCopy copy = new WholeCopy(from, source, bytes -> {});
            assertThrows(IOException.class, () -> copy.replace(to, workspace.resolve("env")));
            assertFalse(Files.exists(workspace.resolve("env")));
            assertThrows(IOException.class, () -> from.hold(deep));
        }
    }

    /** A job that works in the workspace, beside one whose outputs are put there. */
    @Test
    void aDirectoryOfTheWorkspaceThatBecomesALinkIsNotWrittenThrough() throws Exception {
        Path files = Path.of(directory.files());
        Files.writeString(files.resolve("authorized_keys"), "mine");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        try (Enclosure from = Enclosure.of(files);
                Enclosure to = Enclosure.of(workspace)) {
            Files.createSymbolicLink(workspace.resolve("out"), outside);
            WholeCopy copy = new WholeCopy(from, files.resolve("authorized_keys"), bytes -> {});
            assertThrows(IOException.class, () -> copy.replace(to, workspace.resolve("out/authorized_keys")));
        }
        assertFalse(Files.exists(outside.resolve("authorized_keys")));
    }
}
