package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.BuildMounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the batch script makes of mounts before the container program is started. */
class BatchScriptMountsTest {
    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void root() throws Exception {
        root = Files.createDirectory(folder.resolve("ro ot's"));
    }

    private ScriptRun script(Path source) throws Exception {
        Bind bind = new Bind(source.toString(), source.toString(), false);
        return new ScriptRun(folder).mounts(new BuildMounts(List.of(bind), List.of("/nowhere", root.toString())));
    }

    @Test
    void directoriesBelowARootAreMounted() throws Exception {
        Path inner = Files.createDirectory(root.resolve("inner"));
        ScriptRun script = script(Files.createSymbolicLink(root.resolve("link"), inner));
        assertEquals(0, script.run("echo here"), script.output());
        assertTrue(script.output().contains("here\n"), script.output());
    }

    @Test
    void theRootItselfMayBeALink() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Files.delete(root);
        Files.createSymbolicLink(root, real);
        ScriptRun script = script(root);
        assertEquals(0, script.run("true"), script.output());
    }

    @Test
    void aLinkThatLeadsOutEndsTheJobBeforeTheProgram() throws Exception {
        Path secret = Files.createDirectory(folder.resolve("secret"));
        ScriptRun script = script(Files.createSymbolicLink(root.resolve("link"), secret));
        assertEquals(77, script.run("echo here"));
        assertTrue(
                script.output().contains(root + "/link leads to " + secret + " on node n1, which is not below"),
                script.output());
        assertTrue(script.exitRecord(0).contains("exit=77 stage=prepare"), script.exitRecord(0));
    }

    @Test
    void aNameThatOnlyBeginsLikeARootIsNotBelowIt() throws Exception {
        ScriptRun script = script(Files.createDirectory(Path.of(root + "2")));
        assertEquals(77, script.run("true"));
    }

    @Test
    void aMissingDirectoryIsNamedWithTheNode() throws Exception {
        ScriptRun script = script(root.resolve("missing"));
        assertEquals(66, script.run("true"));
        assertTrue(
                script.output().contains("Cannot mount " + root + "/missing: it is not there on node n1."),
                script.output());
    }
}
