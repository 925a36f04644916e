package io.jenkins.plugins.slurmapptainer.image.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCheckTest {
    /** Of "hello". */
    private static final String DIGEST = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static final String KEY = "4A6FD609D5BD815D3B0957031ED1094A499B88B5";

    @TempDir
    Path folder;

    private Path file;
    private CommandRunner commands = (argv, limit) -> {
        throw new IOException("No such file or directory");
    };
    private CheckedFile known;
    private String key = "";
    private String[] roots = {};
    private final ArrayList<String> others = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("a.sif"), "hello");
    }

    private ImageCheckAnswer check(Path path, boolean digest) throws InterruptedException {
        return new ImageCheck(
                        new ImageCheckRequest(
                                path.toString(),
                                new ArrayList<>(Arrays.asList(roots)),
                                others,
                                digest,
                                key,
                                "apptainer",
                                known),
                        commands)
                .check();
    }

    @Test
    void theDigestIsReadOnceForTheSameFile() throws Exception {
        CheckedFile first = check(file, true).file();
        assertEquals(DIGEST, first.sha256());
        assertEquals(5, first.stamp().size());
        known = new CheckedFile(first.stamp(), first.changed(), "what was known", "");
        assertEquals("what was known", check(file, true).file().sha256(), "it is not read again");
    }

    @Test
    void aFileWithOtherContentIsReadAgainEvenWithItsOldTime() throws Exception {
        known = check(file, true).file();
        FileTime time = Files.getLastModifiedTime(file);
        Thread.sleep(20); // the file system's clock is coarse
        Files.writeString(file, "HELLO");
        Files.setLastModifiedTime(file, time);
        CheckedFile now = check(file, true).file();
        assertEquals(known.stamp(), now.stamp(), "size and time are the same");
        assertEquals("3733cd977ff8eb18b987357e22ced99f46097f31ecb239e878ae63760e83e4d5", now.sha256());
    }

    @Test
    void aFileThatCannotBeCheckedIsAProblem() throws Exception {
        assertEquals("is not there", check(folder.resolve("gone.sif"), true).problem());
        assertEquals("cannot be read: it is no file", check(folder, true).problem());
        assertNotNull(check(folder, false).file(), "a directory may be an image");
        key = KEY;
        assertEquals(
                "cannot be verified: apptainer cannot be run: No such file or directory",
                check(file, false).problem());
    }

    @Test
    void linksMustNotLeadOutOfTheAllowedDirectories() throws Exception {
        Path allowed = Files.createDirectory(folder.resolve("allowed"));
        Path inside = Files.writeString(allowed.resolve("b.sif"), "x");
        Path out = Files.createSymbolicLink(allowed.resolve("out.sif"), file);
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), allowed);
        roots = new String[] {folder.resolve("none").toString(), alias.toString()};
        assertNotNull(check(inside, false).file());
        assertNotNull(check(alias.resolve("b.sif"), false).file());
        assertNull(check(out, false).file());
        assertTrue(check(out, false).problem().startsWith("leads through a link to a place outside of "));
    }

    private static String signer(String partition, String fingerprint, boolean data) {
        return "{\"Signer\":{\"Partition\":\"" + partition + "\",\"Fingerprint\":\"" + fingerprint
                + "\",\"KeyCheck\":true,\"DataCheck\":" + data + "}}";
    }

    private void verifyAnswers(int code, String stderr, String... signers) {
        commands = (argv, limit) -> {
            assertEquals(List.of("apptainer", "verify", "--local", "--json", file.toString()), argv);
            return new CommandResult(
                    code, "{\"Signatures\":1,\"SignerKeys\":[" + String.join(",", signers) + "]}", stderr);
        };
    }

    @Test
    void aGoodSignatureIsRemembered() throws Exception {
        key = KEY;
        verifyAnswers(0, "", signer("Def.FILE", KEY.toLowerCase(), true), signer("FS", KEY.toLowerCase(), true));
        known = check(file, false).file();
        assertEquals(KEY, known.signedBy());
        verifyAnswers(255, "FATAL: not asked again");
        assertEquals(KEY, check(file, false).file().signedBy());
        key = KEY.replace('4', '5');
        assertEquals(
                "failed its verification: not asked again", check(file, false).problem());
    }

    @ParameterizedTest
    @CsvSource({
        "255,'INFO: Verifying\nFATAL:   Failed to verify container: x',FS,'" + KEY
                + "',true,failed its verification: Failed to verify container: x",
        "0,'',FS,1111111111111111111111111111111111111111,true,'is signed, but key " + KEY
                + " has not signed its content'",
        "0,'',Def.FILE," + KEY + ",true,'is signed, but key " + KEY + " has not signed its content'",
        "0,''," + "FS," + KEY + ",false,'is signed, but key " + KEY + " has not signed its content'",
        "-1,'',FS," + KEY + ",true,could not be verified in 30 minutes"
    })
    void aBadOrForeignSignatureIsAProblem(
            int code, String stderr, String partition, String signer, boolean data, String problem) throws Exception {
        key = KEY;
        verifyAnswers(code, stderr, signer(partition, signer, data));
        assertEquals(problem, check(file, false).problem());
    }

    @Test
    void anotherNameOfTheSameFileIsFound() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.sif"), file);
        Path hard = Files.createLink(folder.resolve("hard.sif"), file);
        Path copy = Files.copy(file, folder.resolve("copy.sif"));
        others.addAll(List.of(folder.resolve("gone.sif").toString(), file.toString()));
        assertEquals(file.toString(), check(link, false).same());
        assertEquals(file.toRealPath().toString(), check(link, false).real());
        assertEquals(file.toString(), check(hard, false).same());
        assertEquals("", check(copy, false).same());
    }
}
