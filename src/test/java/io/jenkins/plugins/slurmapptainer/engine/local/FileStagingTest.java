package io.jenkins.plugins.slurmapptainer.engine.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.StageAnswer;
import io.jenkins.plugins.slurmapptainer.engine.StageRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
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
    void prepare() throws IOException {
        workspace = Files.createDirectory(folder.resolve("work space"));
        shared = Files.createDirectory(folder.resolve("shared"));
        directory = new JobDirectory(JobDirectory.root(shared.toString(), "c1"), JobToken.random());
        write("data.csv");
        write("conf/a.txt");
        write("conf/deep/b.txt");
        write("we ird'\"$x ü.txt");
    }

    private void write(String file) throws IOException {
        Path path = workspace.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "content of " + file);
    }

    private StageAnswer stage(String files) throws IOException {
        return stage(workspace.toString(), files);
    }

    private StageAnswer stage(String from, String files) throws IOException {
        return new LocalHeadNode(new FakeCommands())
                .stage(new StageRequest(directory, shared.toString(), from, new ArrayList<>(FilePattern.parse(files))));
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
    void filesKeepTheStructureOfTheWorkspace() throws IOException {
        StageAnswer answer = stage("DATA_INPUT=data.csv, conf/**");
        assertEquals(3, answer.files());
        assertTrue(answer.copied());
        assertEquals(directory.files(), answer.workingDirectory());
        assertEquals("content of data.csv", Files.readString(staged("data.csv")));
        assertEquals("content of conf/deep/b.txt", Files.readString(staged("conf/deep/b.txt")));
        assertEquals("content of data.csvcontent of conf/a.txtcontent of conf/deep/b.txt".length(), answer.bytes());
    }

    @Test
    void filesAreNamed() throws IOException {
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
    void nobodyElseCanLookIntoTheJobDirectory() throws IOException {
        stage("data.csv");
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(directory.path()))));
    }

    @Test
    void withoutFilesThereIsAnEmptyWorkingDirectory() throws IOException {
        StageAnswer answer = stage("", "");
        assertEquals(0, answer.files());
        assertEquals(Map.of("FILES_DIR", directory.files()), exports(answer));
        assertTrue(Files.isDirectory(Path.of(directory.files())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONF=conf", "CONF=conf/", "CONF=./conf"})
    void aNamedDirectoryStandsForAllBelowIt(String files) throws IOException {
        StageAnswer answer = stage(files);
        assertEquals(2, answer.files());
        assertEquals(staged("conf").toString(), exports(answer).get("FILE_CONF"));
        assertTrue(Files.exists(staged("conf/deep/b.txt")));
    }

    @Test
    void aStrangeNameIsAName() throws IOException {
        StageAnswer answer = stage("X=we ird'\"$x ü.txt");
        assertEquals(
                "content of we ird'\"$x ü.txt",
                Files.readString(Path.of(exports(answer).get("X"))));
    }

    @Test
    void aNamedWildcardMayMatchOneFile() throws IOException {
        assertEquals(staged("data.csv").toString(), exports(stage("DATA=*.csv")).get("FILE_DATA"));
        write("more.csv");
        assertTrue(refused("DATA=*.csv").contains("matches 2 files; a name needs exactly one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.csv", "X=missing.csv", "*.nothing", "missing/**", "data.csv/x"})
    void whatMatchesNothingIsAnError(String files) {
        String message = refused(files);
        assertTrue(message.startsWith("files: '" + files + "' matches no file"), message);
    }

    @Test
    void twoFilesOfOneNameAreAnError() throws IOException {
        write("data_csv");
        assertTrue(refused("data.csv, data_csv").contains("would both be FILE_DATA_CSV"));
        assertTrue(refused("A_X=data.csv, B_X=conf/a.txt").contains("would both be X"));
    }

    @ParameterizedTest
    @CsvSource({"link,../secret.txt,file", "conf/link,../../outside,dir", "link,/etc/passwd,file"})
    void aLinkThatLeavesTheWorkspaceIsRefused(String link, String target, String kind) throws IOException {
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
    void aLinkWithinTheWorkspaceIsFollowed() throws IOException {
        Files.createSymbolicLink(workspace.resolve("link.csv"), Path.of("data.csv"));
        stage("link.csv");
        assertEquals("content of data.csv", Files.readString(staged("link.csv")));
        assertFalse(Files.isSymbolicLink(staged("link.csv")));
    }

    @Test
    void aWorkspaceOnTheSharedFileSystemIsUsedInPlace() throws IOException {
        Path inside = Files.createDirectories(shared.resolve("jobs/w"));
        Files.writeString(inside.resolve("data.csv"), "x");
        StageAnswer answer = stage(inside.toString(), "DATA=data.csv");
        assertFalse(answer.copied());
        assertEquals(inside.toString(), answer.workingDirectory());
        assertEquals(inside.resolve("data.csv").toString(), exports(answer).get("FILE_DATA"));
        assertFalse(Files.exists(staged("data.csv")));
    }

    @Test
    void aFileThatIsNamedTwiceIsCopiedOnce() throws IOException {
        StageAnswer answer = stage("data.csv, DATA=data.csv, *.csv");
        assertEquals(1, answer.files());
        assertEquals("content of data.csv".length(), answer.bytes());
    }

    @Test
    void manyFilesHaveNoVariablesOfTheirOwn() throws IOException {
        for (int i = 0; i < 101; i++) {
            write("many/" + i + ".txt");
        }
        StageAnswer answer = stage("many/*.txt");
        assertEquals(101, answer.files());
        assertEquals(Map.of("FILES_DIR", directory.files()), exports(answer));
    }

    @Test
    void stagingAgainDoesNoHarm() throws IOException {
        stage("data.csv");
        write("data.csv");
        assertEquals(1, stage("data.csv").files());
    }

    @Test
    void theBitsOfAProgramAreKept() throws IOException {
        Files.setPosixFilePermissions(workspace.resolve("data.csv"), PosixFilePermissions.fromString("rwxr-xr-x"));
        stage("data.csv");
        assertTrue(Files.isExecutable(staged("data.csv")));
    }

    @Test
    void aMissingSharedDirectoryIsToldByItsName() {
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
