package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.headnode.OutputFence;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    @TempDir
    Path folder;

    private JobDirectory directory;
    private Path job;
    private Path workspace;
    private OutputBounds bounds = OutputBounds.NONE;

    @BeforeEach
    void prepare() throws IOException {
        directory = new JobDirectory(folder.toRealPath() + "/shared/c1", JobToken.random());
        job = Files.createDirectories(Path.of(directory.files()));
        workspace = folder.resolve("workspace");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(job.resolve(name).getParent());
        Files.writeString(job.resolve(name), text);
    }

    private CollectAnswer copy(String patterns) throws Exception {
        return copy(FilePattern.parseOutputs(patterns));
    }

    private CollectAnswer copy(List<FilePattern> patterns) throws Exception {
        return new OutputFiles(new CollectRequest(
                        directory,
                        CollectRequest.Afterwards.USE,
                        new ArrayList<>(patterns),
                        job.toString(),
                        workspace.toString(),
                        new OutputFence(
                                directory,
                                job.equals(workspace) ? job.toRealPath().toString() : "",
                                new ArrayList<>()),
                        bounds,
                        false,
                        ""))
                .copy();
    }

    @Test
    void filesKeepTheirPlaceAndStrangeNames() throws Exception {
        for (String name : List.of("a.txt", "out/b $HOME.txt", "out/deep/'c\".txt", "out/ä€.txt")) {
            write(name, name);
        }
        CollectAnswer answer = copy("a.txt, out/**");
        assertEquals(List.of(), answer.problems());
        assertEquals(4, answer.files().size());
        for (String name : answer.files()) {
            assertEquals(name, Files.readString(workspace.resolve(name)));
        }
        assertEquals(Files.size(job.resolve("out/ä€.txt")), "out/ä€.txt".getBytes("UTF-8").length);
    }

    @Test
    void optionalOutputsMayBeMissing() throws Exception {
        write("a.txt", "x");
        CollectAnswer answer = copy(FilePattern.parseOutputs("a.txt, b.txt, c.txt", "a.txt\nb.txt"));
        assertEquals(List.of("a.txt"), answer.files());
        assertEquals(List.of("c.txt"), answer.missing());
        assertEquals(1, answer.problems().size());
    }

    @Test
    void aPatternWithoutAFileIsReportedAndOthersAreCopied() throws Exception {
        write("a.txt", "x");
        CollectAnswer answer = copy("a.txt\nmodel.pkl");
        assertEquals(List.of("a.txt"), answer.files());
        assertEquals(List.of("model.pkl"), answer.missing());
        assertEquals(1, answer.problems().size());
        assertTrue(
                answer.problems().get(0).startsWith("'model.pkl' matches no file in "),
                answer.problems().toString());
    }

    @Test
    void linksOutOfTheWorkingDirectoryAreRefused() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        Files.createSymbolicLink(job.resolve("link.txt"), secret);
        Files.createSymbolicLink(job.resolve("dir"), Files.createDirectory(folder.resolve("elsewhere")));
        Files.writeString(folder.resolve("elsewhere/f.txt"), "x");
        CollectAnswer answer = copy("*.txt, dir/*");
        assertEquals(List.of(), answer.files());
        assertEquals(2, answer.problems().size(), answer.problems().toString());
        assertFalse(Files.exists(workspace.resolve("link.txt")));
    }

    @Test
    void linksOutOfTheWorkspaceAreNotFollowed() throws Exception {
        write("out/a.txt", "new");
        write("b.txt", "new");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path target = Files.writeString(folder.resolve("target"), "old");
        Files.createDirectories(workspace);
        Files.createSymbolicLink(workspace.resolve("out"), outside);
        Files.createSymbolicLink(workspace.resolve("b.txt"), target);
        CollectAnswer answer = copy("out/*, b.txt");
        assertEquals(List.of("b.txt"), answer.files());
        assertFalse(Files.exists(outside.resolve("a.txt")));
        assertEquals("old", Files.readString(target));
        assertEquals("new", Files.readString(workspace.resolve("b.txt")));
    }

    @Test
    void copiedOutputsAreNotCopiedAgain() throws Exception {
        write("a.txt", "x");
        copy("a.txt");
        Object before =
                Files.readAttributes(workspace.resolve("a.txt"), "unix:ino").get("ino");
        assertEquals(List.of("a.txt"), copy("a.txt").files());
        assertEquals(
                before,
                Files.readAttributes(workspace.resolve("a.txt"), "unix:ino").get("ino"));
        write("a.txt", "longer");
        copy("a.txt");
        assertEquals("longer", Files.readString(workspace.resolve("a.txt")));
    }

    @Test
    void inPlaceNothingIsCopied() throws Exception {
        write("a.txt", "x");
        workspace = job;
        assertEquals(List.of("a.txt"), copy("a.txt").files());
    }

    /** Jobs can set the time of a file as they like. */
    @Test
    void aFileOfTheSameSizeAndTimeIsNotTakenForTheSame() throws Exception {
        write("result.txt", "new");
        Files.createDirectories(workspace);
        Files.writeString(workspace.resolve("result.txt"), "old");
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(job.resolve("result.txt"), time);
        Files.setLastModifiedTime(workspace.resolve("result.txt"), time);
        copy("result.txt");
        assertEquals("new", Files.readString(workspace.resolve("result.txt")));
    }

    @Test
    void outputsThatHaveChangedAreCopiedAgain() throws Exception {
        write("a.txt", "one");
        copy("a.txt");
        FileTime time = Files.getLastModifiedTime(job.resolve("a.txt"));
        Files.writeString(workspace.resolve("a.txt"), "two");
        Files.setLastModifiedTime(workspace.resolve("a.txt"), time);
        copy("a.txt");
        assertEquals("one", Files.readString(workspace.resolve("a.txt")));
        Files.writeString(job.resolve("a.txt"), "six");
        Files.setLastModifiedTime(job.resolve("a.txt"), time);
        copy("a.txt");
        assertEquals("six", Files.readString(workspace.resolve("a.txt")));
    }

    /** The clock of a file system has ticks. */
    private static void writeAfter(Path earlier, Path file) throws IOException {
        do {
            Files.writeString(file, "new");
        } while (FileFacts.of(file).changed().compareTo(FileFacts.of(earlier).changed()) <= 0);
    }

    /** Where a job works in the workspace, the result of an earlier build lies where its own would. */
    @Test
    void inPlaceAnOldResultIsReported() throws Exception {
        workspace = job;
        Path script = Path.of(directory.batchScript());
        write("model.pkl", "old");
        writeAfter(job.resolve("model.pkl"), script);
        assertEquals(
                List.of("'model.pkl' matches only files that were there before the job, and the job has not changed"
                        + " them"),
                copy("model.pkl").notes());
        writeAfter(script, job.resolve("model.pkl"));
        assertEquals(List.of(), copy("model.pkl").notes());
    }

    @Test
    void outputsAboveTheLimitAreNotCopiedAtAll() throws Exception {
        for (int i = 1; i <= 7; i++) {
            write("out/" + i, "x".repeat(1000 * i));
        }
        write("small", "x");
        bounds = new OutputBounds("main", 8 << 10, 0, false);
        CollectAnswer answer = copy("out/*, small");
        assertEquals(List.of(), answer.files());
        assertEquals(
                List.of(
                        "8 files of 28.0 kB are more than the 8K (8.2 kB) that cluster main allows; nothing was copied, they"
                                + " are still in " + job.toRealPath()
                                + "; the biggest are out/7 (7.0 kB), out/6 (6.0 kB), out/5 (5.0 kB),"
                                + " out/4 (4.0 kB), out/3 (3.0 kB); name fewer files, or let the job write less"),
                answer.problems());
        assertFalse(Files.exists(workspace.resolve("small")));
        assertEquals(List.of("small"), copy("small").files());
        bounds = new OutputBounds("main", 0, 2, false);
        String problem = copy("out/*").problems().get(0);
        assertTrue(problem.startsWith("7 files of 28.0 kB are more than the 2 files that cluster main"), problem);
        assertEquals(2, copy("out/1, out/2").files().size());
    }

    @Test
    void filesInPlaceCountOnlyIfTheyAreArchived() throws Exception {
        write("a.txt", "12345");
        workspace = job;
        bounds = new OutputBounds("main", 4, 0, false);
        assertEquals(List.of("a.txt"), copy("a.txt").files());
        bounds = new OutputBounds("main", 4, 0, true);
        assertEquals(List.of(), copy("a.txt").files());
    }

    @Test
    void aMissingDirectoryIsReported() throws Exception {
        job = folder.resolve("gone");
        assertTrue(copy("a").problems().get(0).contains("there is no directory"));
    }
}
