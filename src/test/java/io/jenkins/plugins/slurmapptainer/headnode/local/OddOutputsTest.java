package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What jobs leave beside their results does not keep the results from the workspace. */
@Timeout(60)
class OddOutputsTest {
    @TempDir
    Path folder;

    private JobDirectory directory;
    private Path job;
    private Path workspace;

    @BeforeEach
    void prepare() throws IOException {
        directory = new JobDirectory(folder.toRealPath() + "/shared/c1", JobToken.random());
        job = Files.createDirectories(Path.of(directory.files()));
        workspace = Files.createDirectories(folder.resolve("workspace")).toRealPath();
        write("run/result.txt", "new");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(job.resolve(name).getParent());
        Files.writeString(job.resolve(name), text);
    }

    private CollectAnswer copy(String patterns) throws Exception {
        return new OutputFiles(new CollectRequest(
                        directory,
                        CollectRequest.Afterwards.USE,
                        new ArrayList<>(FilePattern.parseOutputs(patterns)),
                        job.toString(),
                        workspace.toString(),
                        OutputFence.of(directory),
                        OutputBounds.NONE,
                        false,
                        ""))
                .copy();
    }

    /** The good file is there; of the other one it is said what is wrong. */
    private void told(String... problems) throws Exception {
        CollectAnswer answer = copy("run/**");
        assertEquals(List.of(problems), answer.problems());
        assertTrue(answer.files().contains("run/result.txt"), answer.files().toString());
        assertEquals("new", Files.readString(workspace.resolve("run/result.txt")));
    }

    @Test
    void aLinkThatLeadsNowhereIsAProblem() throws Exception {
        OddFiles.link(job.resolve("run/latest"), "/nowhere/cache");
        OddFiles.link(job.resolve("run/below"), "result.txt/x");
        told(
                "'run/below' is a symbolic link to result.txt/x, which does not exist",
                "'run/latest' is a symbolic link to /nowhere/cache, which does not exist");
    }

    @Test
    void aLoopOfLinksIsAProblem() throws Exception {
        OddFiles.link(job.resolve("run/a"), "b");
        OddFiles.link(job.resolve("run/b"), "a");
        told("'run/a' cannot be read: a loop of symbolic links", "'run/b' cannot be read: a loop of symbolic links");
    }

    @Test
    void aPipeAndASocketAreProblems() throws Exception {
        OddFiles.pipe(job.resolve("run/control"));
        OddFiles.socket(job.resolve("run/sock"));
        OddFiles.link(job.resolve("run/to-pipe"), "control");
        told(
                "'run/control' is a named pipe, no file",
                "'run/sock' is a socket, no file",
                "'run/to-pipe' is a named pipe, no file");
        assertEquals(
                List.of("'run/control' is a named pipe, no file"),
                copy("run/control").problems());
        assertEquals(List.of(), copy("run/*.txt").problems());
    }

    /** Root may read everything. */
    @Test
    void anUnreadableFileIsAProblem() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        write("run/private/x", "x");
        write("run/secret", "x");
        Files.setPosixFilePermissions(job.resolve("run/private"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(job.resolve("run/secret"), PosixFilePermissions.fromString("---------"));
        String who = "permission denied for user " + System.getProperty("user.name");
        try {
            told("'run/private/' cannot be read: " + who, "'run/secret' cannot be copied: " + who);
        } finally {
            Files.setPosixFilePermissions(job.resolve("run/private"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aNameThatIsNoTextIsAProblem() throws Exception {
        OddFiles.latin1(job.resolve("run"));
        told("'run/caf\\xe9.txt' has a name that is no UTF-8; rename it");
    }

    @Test
    void theLongestNamesAreCopied() throws Exception {
        String longest = "run/" + "x".repeat(255);
        String deep = "run" + ("/" + "d".repeat(100)).repeat(6);
        write(longest, "long");
        write(deep, "deep");
        told();
        assertEquals("long", Files.readString(workspace.resolve(longest)));
        assertEquals("deep", Files.readString(workspace.resolve(deep)));
    }

    @Test
    void somethingInTheWayInTheWorkspaceIsAProblem() throws Exception {
        write("run/file", "x");
        write("run/sub/file", "x");
        Files.createDirectories(workspace.resolve("run/file/in/the/way"));
        Files.writeString(workspace.resolve("run/sub"), "a file where a directory should be");
        told(
                "'run/file' cannot be copied: a directory of that name is in the way",
                "'run/sub/file' cannot be copied: run/sub is no directory there");
        try (var left = Files.list(workspace.resolve("run"))) {
            assertEquals(3, left.count(), "no half file stays");
        }
    }

    @Test
    void anImpossibleWorkspaceIsAProblem() throws Exception {
        Files.delete(workspace);
        Files.writeString(workspace, "a file");
        CollectAnswer answer = copy("run/**");
        assertEquals(List.of(), answer.files());
        assertEquals(1, answer.problems().size());
        assertTrue(
                answer.problems().get(0).startsWith("there is no workspace " + workspace),
                answer.problems().toString());
    }

    @Test
    void linksThatLeadBackAreNotFollowed() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            OddFiles.link(job.resolve("run/" + name), ".");
        }
        OddFiles.link(job.resolve("run/up"), "..");
        CollectAnswer answer = copy("**");
        assertEquals(List.of("run/result.txt"), answer.files());
        assertEquals(List.of(), answer.problems());
        assertEquals(4, answer.notes().size());
        assertEquals(
                "'run/a' leads back to a directory that it lies in, and was not followed",
                answer.notes().get(0));
    }

    @Test
    void linksThatMultiplyNamesAreLimited() throws Exception {
        for (int i = 0; i < 30; i++) {
            Files.createDirectories(job.resolve("run/d" + i));
            OddFiles.link(job.resolve("run/d" + i + "/l"), "../d" + (i + 1));
            OddFiles.link(job.resolve("run/d" + i + "/r"), "../d" + (i + 1));
        }
        write("run/d30/x", "x");
        FileSearch few = new FileSearch(Enclosure.of(job), "working directory", 10);
        assertEquals(
                11,
                few.find(FilePattern.parseOutputs("run/d0/**").get(0)).files().size());
        FileSearch.Found found = new FileSearch(Enclosure.of(job), "working directory", 10, 1000, Duration.ofMinutes(1))
                .find(FilePattern.parseOutputs("**/nothing").get(0));
        assertEquals(
                List.of("the search in " + job + " has ended after 1000 names; name the directories, or remove links"
                        + " between them"),
                found.problems().list());
    }

    /** One pattern that looks for too long keeps no other from its files; together they do not look for ever. */
    @Test
    void aMazeKeepsNoOtherPatternFromItsFiles() throws Exception {
        for (int i = 0; i < 200; i++) {
            write("maze/" + i, "x");
        }
        write("good", "g");
        FilePattern maze = FilePattern.parseOutputs("maze/**/nothing").get(0);
        FilePattern good = FilePattern.parseOutputs("goo*").get(0);
        FileSearch search = new FileSearch(Enclosure.of(job), "working directory", 10, 100, Duration.ofMinutes(1));
        assertEquals(1, search.find(maze).problems().list().size());
        assertEquals(1, search.find(good).files().size());
        FileSearch late = new FileSearch(Enclosure.of(job), "working directory", 10, 100, Duration.ZERO);
        assertEquals(
                List.of("the search in " + job
                        + " has ended after 00:00:00; name the directories, or remove links between them"),
                late.find(good).problems().list());
    }

    @Test
    void tooDeeplyNestedDirectoriesAreAProblem() throws Exception {
        write("good", "g");
        for (int i = 0; i < 1000; i++) {
            Files.createDirectories(job.resolve("chain/d" + i));
            OddFiles.link(job.resolve("chain/d" + i + "/l"), "../d" + (i + 1));
        }
        Files.createDirectories(job.resolve("chain/d1000"));
        CollectAnswer answer = copy("chain/d0, good");
        assertEquals(List.of("good"), answer.files());
        assertEquals(
                List.of("'chain/d0/l/…' has more than 256 nested directories; deeper ones were not looked at"),
                answer.problems());
    }

    @Test
    void aLinkToElsewhereIsNotWalked() throws Exception {
        OddFiles.link(job.resolve("run/root"), "/");
        told("'run/root' is a symbolic link that leaves the working directory, to /");
        CollectAnswer answer = copy("**/*.txt");
        assertEquals(List.of("run/result.txt"), answer.files());
        assertEquals(List.of(), answer.problems());
        assertEquals(
                List.of("'run/root' is a symbolic link that leaves the working directory, to /, and was not followed"),
                answer.notes());
    }

    @Test
    void namesThatAntExcludesByDefaultAreCopied() throws Exception {
        List<String> names =
                List.of("run/%x%", "run/.DS_Store", "run/.git/config", "run/.gitignore", "run/a.txt~", "run/CVS/x");
        for (String name : names) {
            write(name, "x");
        }
        told();
        for (String name : names) {
            assertTrue(Files.exists(workspace.resolve(name)), name);
        }
    }

    @Test
    void patternsForAllFilesCopyAll() throws Exception {
        write("made.txt", "1");
        for (String all : List.of(".", "./", "*/., made.txt", "run/, ./made.txt", "run/., made.txt", "**/")) {
            assertEquals(
                    List.of("made.txt", "run/result.txt"),
                    copy(all).files().stream().sorted().toList(),
                    all);
        }
    }

    @Test
    void manyProblemsAreBounded() throws Exception {
        for (int i = 0; i < 50; i++) {
            OddFiles.link(job.resolve("run/l" + i), "/nowhere");
        }
        CollectAnswer answer = copy("run/**");
        assertEquals(21, answer.problems().size());
        assertEquals("and 30 more", answer.problems().get(20));
        assertEquals(List.of("run/result.txt"), answer.files());
    }

    /** A pipe in place of what was a file a moment ago keeps no thread. */
    @Test
    void aPipeThatIsOpenedFreesItsThread() throws Exception {
        Path pipe = OddFiles.pipe(job.resolve("run/control"));
        IOException e = org.junit.jupiter.api.Assertions.assertThrows(
                IOException.class,
                () -> RegularFile.openWithin(
                        () -> HeldDirectory.open(pipe.getParent()),
                        pipe,
                        100,
                        java.util.concurrent.TimeUnit.MILLISECONDS));
        assertTrue(FileTrouble.isPassing(e));
        long end = System.nanoTime() + 20_000_000_000L;
        while (isOpening() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertFalse(isOpening(), "a thread waits for the other end of the pipe");
    }

    private static boolean isOpening() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("opening a file"))
                .flatMap(thread -> List.of(thread.getValue()).stream())
                .anyMatch(frame -> frame.getMethodName().startsWith("open"));
    }
}
