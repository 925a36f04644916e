package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the values of the build's variables come to the program, and that they come to nothing else. */
class BatchScriptVariablesTest {
    private static final String NASTY = "~/a b'\"$HOME `id` $(id) \\ !x %j & * ?=\n\nline 3\r\r\n\tü 😀 #;|\n";

    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder);
    }

    private Path file() {
        return Path.of(run.directory().environment());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesArriveLiterally(boolean inImage) throws Exception {
        ScriptRun some = inImage ? run : run.onHost();
        some.variable("NASTY", NASTY).variable("EMPTY", "").variable("lower_1", "=x=");
        int code = some.run("printf '%s|%s|%s\\n' \"$NASTY\" \"${EMPTY-unset}\" \"$lower_1\"");
        assertEquals(NASTY + "||=x=\n", some.program());
        assertEquals(0, code);
        assertFalse(Files.exists(file()), "the file is gone");
    }

    /** The script's own variables decide about the records; the program may have some of the same names. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesOfTheBatchScriptsOwnVariablesDoNoHarm(boolean inImage) throws Exception {
        ScriptRun some = inImage ? run : run.onHost();
        List<String> names = List.of(
                "attempt",
                "stage",
                "signals",
                "program",
                "job_directory",
                "job_token",
                "announcements",
                "prefix",
                "name",
                "entry",
                "file",
                "code",
                "may_requeue",
                "variable_names",
                "exported_names",
                "restarts",
                "POSIXLY_CORRECT");
        names.forEach(name -> some.variable(name, "of the build"));
        some.run("printenv " + String.join(" ", names) + "; exit 3");
        assertEquals("of the build\n".repeat(names.size()), some.program());
        assertTrue(some.exitRecord(0).contains("attempt=0 exit=3 stage=program signals= "), some.exitRecord(0));
    }

    @Test
    void onlyTheProgramHasTheVariables() throws Exception {
        run.onHost().variable("TOKEN", "hunter2");
        run.run(
                "tr '\\0' '\\n' </proc/$PPID/environ | grep -c 'hunter[2]'; cat /proc/*/cmdline 2>/dev/null | grep -ac 'hunter[2]'");
        assertEquals("0\n0\n", run.program());
        assertFalse(Files.readString(Path.of(run.directory().batchScript())).contains("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 0", "exit 4", "kill -9 $PPID; sleep 1"})
    void theFileIsRemovedBeforeTheProgramStarts(String script) throws Exception {
        run.onHost().variable("TOKEN", "x");
        run.run("ls '" + run.directory().path() + "'\n" + script);
        assertFalse(run.output().lines().anyMatch("env"::equals), run.output());
        assertFalse(Files.exists(file()));
    }

    @Test
    void withRequeueTheFileStaysUntilTheProgramSucceeds() throws Exception {
        run.onHost().requeue().variable("TOKEN", "x");
        run.run("exit 4");
        assertTrue(Files.exists(file()), "the next run needs it");
        run.with("SLURM_RESTART_COUNT", "1").run("echo \"$TOKEN\"");
        assertTrue(run.output().contains("\nx\n"), run.output());
        assertFalse(Files.exists(file()));
    }

    @Test
    void aRunWithoutItsValuesNeverStartsTheProgram() throws Exception {
        run.onHost().variable("TOKEN", "x").requeue();
        run.run("echo first");
        assertEquals(78, run.with("SLURM_RESTART_COUNT", "1").run("echo second"));
        assertTrue(
                run.output().contains("The values of the build's variables (TOKEN) cannot be read from " + file()),
                run.output());
        assertFalse(run.output().contains("second"), run.output());
        assertTrue(run.exitRecord(1).contains("exit=78 stage=prepare"), run.exitRecord(1));
    }

    @Test
    void aTruncatedFileIsRefused() throws Exception {
        run.onHost().variable("A", "1").variable("B", "2").values("A=1\0B=");
        assertEquals(78, run.run("echo started"));
        assertTrue(run.output().contains("it is not complete"), run.output());
    }

    @Test
    void runByHandTheCallerGivesTheValues() throws Exception {
        run.onHost().variable("TOKEN", "x").variable("OTHER", "y");
        run.with("SLURM_APPTAINER_RERUN", "yes").with("TOKEN", "by hand").run("echo \"$TOKEN ${OTHER-}\"");
        assertTrue(run.output().contains("The variable OTHER is not set"), run.output());
        assertTrue(run.output().contains("by hand \n"), run.output());
        assertTrue(Files.exists(file()), "the file of the real job is not touched");
    }

    @Test
    void theTokenOfSbatchStaysOutside() throws Exception {
        run.with("SLURM_JWT", "hunter2");
        run.run("env | grep -c 'hunter[2]'; for p in self $PPID; do grep -ac 'hunter[2]' /proc/$p/environ; done");
        assertEquals("0\n0\n0\n", run.program());
    }
}
