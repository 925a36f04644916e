package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptFileTest {
    @TempDir
    Path folder;

    private Path workspace;

    @BeforeEach
    void workspace() throws Exception {
        workspace = Files.createDirectories(folder.resolve("work space/sub")).getParent();
        Files.writeString(folder.resolve("secret"), "s");
    }

    private String refusal(String file) {
        InvalidRequestException refusal =
                assertThrows(InvalidRequestException.class, () -> ScriptFile.read(workspace.toString(), file));
        assertEquals("scriptFile", refusal.field());
        return refusal.getMessage();
    }

    @Test
    void aFileInTheWorkspaceIsReadAlsoThroughALink() throws Exception {
        String text = "#!/bin/sh\necho 'ü 😀'\r\n";
        Files.writeString(workspace.resolve("sub/run it.sh"), text);
        Files.createSymbolicLink(workspace.resolve("link"), workspace.resolve("sub/run it.sh"));
        assertEquals(text, ScriptFile.read(workspace.toString(), "sub/run it.sh"));
        assertEquals(text, ScriptFile.read(workspace.toString(), "./link"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "sub/../../secret", "..", "a\0b"})
    void aPathOutOfTheWorkspaceIsRefused(String file) {
        assertTrue(refusal(file).endsWith("write a path relative to the workspace, without '..'"), refusal(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.sh", "sub", "."})
    void somethingThatIsNoFileIsRefused(String file) {
        assertTrue(refusal(file).contains("there is no file '" + file + "' in the workspace"), refusal(file));
    }

    @Test
    void aLinkOutOfTheWorkspaceIsRefused() throws Exception {
        Files.createSymbolicLink(workspace.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(workspace.resolve("up"), folder);
        assertTrue(refusal("link").contains("is a symbolic link that leaves the workspace"), refusal("link"));
        assertTrue(refusal("up/secret").contains("is a symbolic link that leaves the workspace"), refusal("up/secret"));
    }

    @Test
    void aProgramAndALongFileAreRefused() throws Exception {
        Files.write(workspace.resolve("program"), new byte[] {0x7f, 'E', 'L', 'F', (byte) 0xff});
        assertTrue(refusal("program").contains("is not UTF-8 text"), refusal("program"));
        Files.write(workspace.resolve("long"), new byte[ScriptText.MAX_BYTES + 1]);
        assertTrue(refusal("long").contains("bytes, more than"), refusal("long"));
    }
}
