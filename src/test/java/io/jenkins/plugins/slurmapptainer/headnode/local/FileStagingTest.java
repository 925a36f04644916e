package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileStagingTest {
    @TempDir
    private Path folder;

    private Path workspace;
    private Path shared;
    private JobDirectory directory;

    @BeforeEach
    void prepare() throws Exception {
        workspace = Files.createDirectory(folder.resolve("work space"));
        shared = Files.createDirectory(folder.resolve("shared"));
        directory = new JobDirectory(JobDirectory.root(shared.toString(), "c1"), JobToken.random());
        write("data.csv");
        write("conf/a.txt");
        write("conf/deep/b.txt");
        write("we ird'\"$x ü.txt");
    }

    private void write(String file) throws Exception {
        Path path = workspace.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "content of " + file);
    }

    private StageAnswer stage(String files) throws Exception {
        return stage(workspace.toString(), files);
    }

    private StageAnswer stage(String from, String files) throws Exception {
        return stage(new StageRequest(directory, shared.toString(), from, new ArrayList<>(FilePattern.parse(files))));
    }

    private StageAnswer stage(List<FilePattern> patterns) throws Exception {
        return stage(new StageRequest(directory, shared.toString(), workspace.toString(), new ArrayList<>(patterns)));
    }

    private static StageAnswer stage(StageRequest request) throws Exception {
        return new LocalHeadNode(new FakeCommands()).stage(request);
    }

    private String refused(String files) {
        return assertThrows(InvalidRequestException.class, () -> stage(files)).getMessage();
    }

    private static Map<String, String> exports(StageAnswer answer) {
        Map<String, String> exports = new TreeMap<>();
        answer.exports().forEach(export -> exports.put(export.name(), export.value()));
        return exports;
    }

    private Path staged(String file) {
        return Path.of(directory.files(), file);
    }

    @Test
    void filesKeepTheStructureOfTheWorkspace() throws Exception {
        StageAnswer answer = stage("DATA_INPUT=data.csv, conf/**");
        assertEquals(3, answer.files());
        assertTrue(answer.copied());
        assertEquals(directory.files(), answer.workingDirectory());
        assertEquals("content of data.csv", Files.readString(staged("data.csv")));
        assertEquals("content of conf/deep/b.txt", Files.readString(staged("conf/deep/b.txt")));
        assertEquals("content of data.csvcontent of conf/a.txtcontent of conf/deep/b.txt".length(), answer.bytes());
    }

    @Test
    void filesAreNamed() throws Exception {
        Map<String, String> expected = new TreeMap<>(Map.of(
                "FILE_DATA_INPUT",
                staged("data.csv").toString(),
                "INPUT",
                staged("data.csv").toString(),
                "FILE_CONF_A_TXT",
                staged("conf/a.txt").toString(),
                "FILE_CONF_DEEP_B_TXT",
                staged("conf/deep/b.txt").toString(),
                "FILES_DIR",
                directory.files()));
        assertEquals(expected, exports(stage("DATA_INPUT=data.csv, conf/**")));
    }

    @Test
    void nobodyElseCanLookIntoTheJobDirectory() throws Exception {
        stage("data.csv");
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(directory.path()))));
    }

    @Test
    void withoutFilesThereIsAnEmptyWorkingDirectory() throws Exception {
        StageAnswer answer = stage("", "");
        assertEquals(0, answer.files());
        assertEquals(Map.of("FILES_DIR", directory.files()), exports(answer));
        assertTrue(Files.isDirectory(Path.of(directory.files())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONF=conf", "CONF=conf/", "CONF=./conf"})
    void aNamedDirectoryMeansEverythingBelowIt(String files) throws Exception {
        StageAnswer answer = stage(files);
        assertEquals(2, answer.files());
        assertEquals(staged("conf").toString(), exports(answer).get("FILE_CONF"));
        assertTrue(Files.exists(staged("conf/deep/b.txt")));
    }

    @Test
    void strangeNamesAreAccepted() throws Exception {
        StageAnswer answer = stage("X=we ird'\"$x ü.txt");
        assertEquals(
                "content of we ird'\"$x ü.txt",
                Files.readString(Path.of(exports(answer).get("X"))));
    }

    @Test
    void aNamedWildcardMayMatchOneFile() throws Exception {
        assertEquals(staged("data.csv").toString(), exports(stage("DATA=*.csv")).get("FILE_DATA"));
        write("more.csv");
        assertTrue(refused("DATA=*.csv").contains("matches 2 files; a name needs exactly one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.csv", "X=missing.csv", "*.nothing", "missing/**", "data.csv/x"})
    void aPatternWithoutAMatchIsAnError(String files) {
        String message = refused(files);
        assertTrue(message.startsWith("files: '" + files + "' matches no file"), message);
    }

    @Test
    void twoFilesOfOneNameAreAnError() throws Exception {
        write("data_csv");
        assertTrue(refused("data.csv, data_csv").contains("would both be FILE_DATA_CSV"));
        assertTrue(refused("A_X=data.csv, B_X=conf/a.txt").contains("would both be X"));
    }

    @ParameterizedTest
    @CsvSource({"link,../secret.txt,file", "conf/link,../../outside,dir", "link,/etc/passwd,file"})
    void aLinkThatLeavesTheWorkspaceIsRefused(String link, String target, String kind) throws Exception {
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createDirectories(folder.resolve("outside"));
        Files.writeString(folder.resolve("outside/secret.txt"), "secret");
        Files.createSymbolicLink(workspace.resolve(link), Path.of(target));
        String files = "dir".equals(kind) ? "conf/**" : link;
        String message = refused(files);
        assertTrue(message.contains("leaves the workspace"), message);
        assertFalse(Files.exists(staged(link)), "the secret was copied");
    }

    @Test
    void aLinkWithinTheWorkspaceIsFollowed() throws Exception {
        Files.createSymbolicLink(workspace.resolve("link.csv"), Path.of("data.csv"));
        stage("link.csv");
        assertEquals("content of data.csv", Files.readString(staged("link.csv")));
        assertFalse(Files.isSymbolicLink(staged("link.csv")));
    }

    @Test
    void aWorkspaceOnTheSharedFileSystemIsUsedInPlace() throws Exception {
        Path inside = Files.createDirectories(shared.resolve("jobs/w"));
        Files.writeString(inside.resolve("data.csv"), "x");
        StageAnswer answer = stage(inside.toString(), "DATA=data.csv");
        assertFalse(answer.copied());
        assertEquals(inside.toString(), answer.workingDirectory());
        assertEquals(inside.resolve("data.csv").toString(), exports(answer).get("FILE_DATA"));
        assertFalse(Files.exists(staged("data.csv")));
    }

    /** A Pipeline's node block does not make one. */
    @Test
    void aWorkspaceThatIsNotThereYetIsMadeOnTheSharedFileSystemOnly() throws Exception {
        Path inside = shared.resolve("jobs/new");
        StageAnswer answer = stage(inside.toString(), "");
        assertFalse(answer.copied());
        assertEquals(inside.toString(), answer.workingDirectory());
        assertTrue(Files.isDirectory(inside));
        Path outside = folder.resolve("elsewhere/new");
        assertTrue(stage(outside.toString(), "").copied());
        Files.createSymbolicLink(shared.resolve("out"), workspace);
        assertTrue(stage(shared.resolve("out/new").toString(), "").copied());
        assertFalse(Files.exists(outside) || Files.exists(workspace.resolve("new")));
    }

    @Test
    void optionalFilesMayBeMissing() throws Exception {
        StageAnswer answer = stage(FilePattern.parse("data.csv, EXTRA=none.csv, none/**").stream()
                .map(FilePattern::asOptional)
                .toList());
        assertEquals(1, answer.files());
        assertEquals(
                Map.of("FILE_DATA_CSV", staged("data.csv").toString(), "FILES_DIR", directory.files()),
                exports(answer));
    }

    @Test
    void timesAndStrangeNamesAreKept() throws Exception {
        write("new\nline/'q\" $HOME `id` \u00e4\u20ac\\.txt");
        Path file = workspace.resolve("new\nline/'q\" $HOME `id` \u00e4\u20ac\\.txt");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        assertEquals(1, stage("new*/**").files());
        Path copy = Path.of(directory.files()).resolve(workspace.relativize(file));
        assertEquals(Files.readString(file), Files.readString(copy));
        assertEquals(Files.getLastModifiedTime(file), Files.getLastModifiedTime(copy));
    }

    @Test
    void somethingThatIsNoFileIsRefused() throws Exception {
        new ProcessBuilder("mkfifo", workspace.resolve("conf/pipe").toString())
                .start()
                .waitFor();
        assertTrue(refused("conf/*").contains("'conf/pipe' is a named pipe, no file"));
    }

    @Test
    void allProblemsAreNamedAtOnceAndNothingIsCopied() throws Exception {
        OddFiles.link(workspace.resolve("conf/gone"), "/nowhere");
        OddFiles.link(workspace.resolve("conf/loop"), "loop");
        OddFiles.socket(workspace.resolve("conf/sock"));
        OddFiles.latin1(workspace.resolve("conf"));
        assertEquals(
                "files: 'conf/caf\\xe9.txt' has a name that is no UTF-8; rename it; 'conf/gone' is a symbolic link to"
                        + " /nowhere, which does not exist; 'conf/loop' cannot be read: a loop of symbolic links;"
                        + " 'conf/sock' is a socket, no file",
                refused("conf/**"));
        assertFalse(Files.exists(staged("conf/a.txt")));
        assertEquals(2, stage("data.csv, conf/a.txt").files());
    }

    @Test
    void namesThatAntExcludesByDefaultAreIncluded() throws Exception {
        for (String name : List.of("src/.git/config", "src/a~", "src/%x%")) {
            write(name);
        }
        assertEquals(3, stage("src").files());
        assertEquals("content of src/.git/config", Files.readString(staged("src/.git/config")));
        assertEquals(7, stage(".").files());
    }

    @Test
    void manyFilesAndLargeOnesAreCopiedAsTheyAre() throws Exception {
        byte[] large = new byte[20_000_001];
        new Random(1).nextBytes(large);
        Files.write(workspace.resolve("large.bin"), large);
        Files.setPosixFilePermissions(workspace.resolve("large.bin"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(workspace.resolve("large.bin"), FileTime.fromMillis(1_000_000_000_000L));
        for (int i = 0; i < 500; i++) {
            write("many/" + i % 10 + "/" + i + ".txt");
        }
        StageAnswer answer = stage("large.bin, many/**");
        assertEquals(501, answer.files());
        assertEquals(-1, Files.mismatch(workspace.resolve("large.bin"), staged("large.bin")));
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(staged("large.bin"))));
        assertEquals(
                1_000_000_000_000L,
                Files.getLastModifiedTime(staged("large.bin")).toMillis());
        assertEquals("content of many/7/487.txt", Files.readString(staged("many/7/487.txt")));
    }

    @Test
    void aCopySharesNoLaterWrites() throws Exception {
        stage("data.csv");
        Files.writeString(workspace.resolve("data.csv"), "changed");
        assertEquals("content of data.csv", Files.readString(staged("data.csv")));
    }

    @Test
    void checksumsEqualThoseOfSha256sum() throws Exception {
        write("new\nline\\.txt");
        stage(new StageRequest(
                directory,
                shared.toString(),
                workspace.toString(),
                new ArrayList<>(FilePattern.parse("data.csv, conf/**, new*")),
                true));
        Process check = new ProcessBuilder("sha256sum", "--check", "--strict", directory.checksums())
                .directory(new File(directory.files()))
                .redirectErrorStream(true)
                .start();
        String output = new String(check.getInputStream().readAllBytes());
        assertEquals(0, check.waitFor(), output);
        assertEquals(4, output.lines().count(), output);
    }

    @Test
    void aDiskThatIsTooSmallIsReportedBeforeAnythingIsCopied() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(workspace.resolve("huge").toFile(), "rw")) {
            sparse.setLength(8_000_000_000_000_000L >> 10);
        }
        String message = refused("huge");
        assertTrue(
                message.matches("files: 1 file of 7\\.8 TB do not fit into .*, where .* of .* are free; .*"), message);
        assertFalse(Files.exists(staged("huge")));
    }

    @Test
    void anUnreadableFileIsReportedAndNothingIsLeft() throws Exception {
        Path gone = workspace.resolve("conf/a.txt");
        Enclosure from = Enclosure.of(workspace);
        FileSelection selection = FileSelection.of(from, FilePattern.parse("conf/**"));
        Files.delete(gone);
        Files.createDirectories(Path.of(directory.files()));
        CopyProgress progress = new CopyProgress(2, 1, line -> {}, () -> 0);
        IOException e = assertThrows(
                IOException.class,
                () -> new FileCopy(
                                from,
                                selection,
                                Enclosure.of(Path.of(directory.files())),
                                progress,
                                CopiedFiles.none(directory))
                        .copy());
        assertEquals("'conf/a.txt' cannot be copied: it is not there any more", e.getMessage());
    }

    @Test
    void progressIsReportedEveryTenSeconds() {
        List<String> lines = new ArrayList<>();
        long[] now = {0};
        CopyProgress progress = new CopyProgress(3, 4_000_000_000L, lines::add, () -> now[0]);
        progress.bytesDone(1_000_000_000);
        assertEquals(List.of(), lines);
        now[0] = 10_000;
        progress.fileDone();
        progress.fileDone();
        assertEquals(List.of("Staging: 1 of 3 files, 1.0 GB of 4.0 GB, 100.0 MB/s"), lines);
    }

    @Test
    void aFileThatIsNamedTwiceIsCopiedOnce() throws Exception {
        StageAnswer answer = stage("data.csv, DATA=data.csv, *.csv");
        assertEquals(1, answer.files());
        assertEquals("content of data.csv".length(), answer.bytes());
    }

    @Test
    void manyFilesHaveNoVariablesOfTheirOwn() throws Exception {
        for (int i = 0; i < 101; i++) {
            write("many/" + i + ".txt");
        }
        StageAnswer answer = stage("many/*.txt");
        assertEquals(101, answer.files());
        assertEquals(Map.of("FILES_DIR", directory.files()), exports(answer));
    }

    @Test
    void stagingAgainDoesNoHarm() throws Exception {
        stage("data.csv");
        write("data.csv");
        assertEquals(1, stage("data.csv").files());
    }

    @Test
    void permissionBitsAreKept() throws Exception {
        Files.setPosixFilePermissions(workspace.resolve("data.csv"), PosixFilePermissions.fromString("rwxr-xr-x"));
        stage("data.csv");
        assertTrue(Files.isExecutable(staged("data.csv")));
    }

    @Test
    void aMissingSharedDirectoryIsNamed() {
        InvalidRequestException e = assertThrows(
                InvalidRequestException.class,
                () -> new LocalHeadNode(new FakeCommands())
                        .stage(new StageRequest(directory, "/no/such", "", new ArrayList<>())));
        assertEquals("sharedDirectory", e.field());
    }

    @Test
    void filesWithoutAWorkspaceAreAnError() {
        assertTrue(assertThrows(InvalidRequestException.class, () -> stage("", "data.csv"))
                .getMessage()
                .contains("there is no workspace"));
    }
}
