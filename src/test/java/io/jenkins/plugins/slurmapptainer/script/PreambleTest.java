package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that an administrator has run before the container program. */
class PreambleTest {
    @TempDir
    private Path folder;

    @Test
    void thePreambleIsReadLineByLine() {
        assertEquals(
                List.of("source /etc/profile.d/modules.sh", "module load apptainer"),
                ContainerProgram.preamble(
                        "preamble", "# modules\r\n source /etc/profile.d/modules.sh \r\n\nmodule load apptainer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u001bb", "module load \\\nmore"})
    void textThatIsNoCommandIsRefused(String text) {
        InvalidRequestException refused =
                assertThrows(InvalidRequestException.class, () -> ContainerProgram.preamble("preamble", text));
        assertEquals("preamble", refused.field());
    }

    @Test
    void thePreamblesSizeIsLimited() {
        assertEquals(
                50, ContainerProgram.preamble("preamble", "true\n".repeat(50)).size());
        assertThrows(InvalidRequestException.class, () -> ContainerProgram.preamble("preamble", "true\n".repeat(51)));
        InvalidRequestException refused = assertThrows(
                InvalidRequestException.class,
                () -> ContainerProgram.preamble("preamble", "true\n" + "x".repeat(1001)));
        assertTrue(refused.getMessage().startsWith("preamble: line 2 "), refused.getMessage());
    }

    @Test
    void thePreambleDecidesWhichProgramIsFound() throws Exception {
        ScriptRun run = new ScriptRun(folder, folder.resolve("module")).with("PATH", System.getenv("PATH"));
        run.preamble("load() { export PATH=\"$1:$PATH\"; }", "load '" + folder + "/module'");
        assertEquals(0, run.run("echo found\n"));
        assertEquals("found\n", run.program());
    }

    @Test
    void variablesThatThePreambleSetsForTheContainerStay() throws Exception {
        ScriptRun run = new ScriptRun(folder).with("APPTAINERENV_WHO", "agent");
        run.preamble("export APPTAINERENV_WHO=${APPTAINERENV_WHO:-preamble}");
        run.run("echo \"$WHO\"\n");
        assertEquals("preamble\n", run.program());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "no-such-command", "(exit 3)", "if then"})
    void aCommandThatFailsEndsTheJobBeforeTheProgram(String command) throws Exception {
        ScriptRun run = new ScriptRun(folder).preamble("true", command, "echo not reached");
        assertEquals(71, run.run("echo not reached\n"));
        assertTrue(run.exitRecord(0).contains(" exit=71 stage=prepare "), run.exitRecord(0));
        assertTrue(run.output().contains("'" + command + "' ended with exit code "), run.output());
        assertFalse(run.output().contains("not reached"), run.output());
    }

    @Test
    void noCommandCanMakeTheJobSucceed() throws Exception {
        ScriptRun run = new ScriptRun(folder).preamble("exit 0");
        run.run("echo not reached\n");
        assertTrue(run.exitRecord(0).contains(" stage=prepare "), run.exitRecord(0));
    }

    @Test
    void aJobWithoutAnImageSkipsThePreamble() throws Exception {
        assertEquals(0, new ScriptRun(folder).preamble("false").onHost().run("true\n"));
    }
}
