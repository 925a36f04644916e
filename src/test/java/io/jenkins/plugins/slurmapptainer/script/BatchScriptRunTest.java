package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script of the user sees, and what the job leaves behind. */
class BatchScriptRunTest {
    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder);
    }

    @Test
    void theStartNamesAllNodesUnlessTheyAreTooMany() throws Exception {
        run.with("SLURM_JOB_NODELIST", "n[1-2,7]").run("true");
        assertTrue(run.startRecord(0).endsWith("node=n[1-2,7]"), run.startRecord(0));
        ScriptRun many = new ScriptRun(Files.createDirectory(folder.resolve("many")));
        many.with("SLURM_JOB_NODELIST", "n[" + "1,".repeat(127) + "9]").run("true");
        assertTrue(many.startRecord(0).endsWith("node=n1"), many.startRecord(0));
    }

    @Test
    void theScriptRecordsItsStartAndItsEnd() throws Exception {
        assertEquals(0, run.run("echo hello\n"));
        assertEquals("job=4711 attempt=0 node=n1", run.startRecord(0));
        // The size is that of the moment at which the record is written, after everything.
        assertEquals(
                "job=4711 attempt=0 exit=0 stage=program signals= oom=0 output="
                        + run.output().length() + " peak=0",
                run.exitRecord(0));
        assertTrue(run.isDone());
        assertEquals("hello\n", run.program());
    }

    @Test
    void theScriptPrintsBannerAndCompletionLine() throws Exception {
        run.run("echo hello\n");
        String rule = "=".repeat(40) + "\n";
        String image = folder + "/python.sif";
        assertEquals(
                rule + "Using Apptainer image: python.sif\nImage path: " + image + "\n" + rule
                        + "hello\nApptainer execution completed\n",
                run.output());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theExitCodeSurvives(boolean inImage) throws Exception {
        ScriptRun some = inImage ? run : run.onHost();
        assertEquals(9, some.run("exit 9\n"));
        assertTrue(
                some.exitRecord(0).startsWith("job=4711 attempt=0 exit=9 stage=program signals= "), some.exitRecord(0));
        assertTrue(
                some.output().endsWith((inImage ? "Apptainer execution" : "Execution") + " ended with exit code 9\n"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "1|`false\n`", "127|`no-such-command\n`", "255|`exit 255`",
                        "3|`#!/bin/sh -e\n(exit 3)\necho not reached\n`",
                "143|`kill -TERM $$`", "2|`if then\n`", "4|`trap 'exit 4' EXIT\n`",
                        "5|`#!/usr/bin/env python3\nimport sys\nsys.exit(5)\n`",
                "127|`#!/no/such/interpreter\n`"
            })
    void everyEndIsRecorded(int code, String script) throws Exception {
        assertEquals(code, run.run(script));
        assertTrue(run.exitRecord(0).contains(" exit=" + code + " stage=program signals= "), run.exitRecord(0));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`cat; echo end`|`end\n`", "`read x; echo \"[$x]\"\necho end\n`|`[]\nend\n`",
                "`wc -c | tr -d ' '\necho end\n`|`0\nend\n`", "`bash -s\necho end`|`end\n`"
            })
    void noCommandCanConsumeTheRestOfTheScript(String script, String output) throws Exception {
        assertEquals(0, run.run(script));
        assertEquals(output, run.program());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`cat <<X\nAPPTAINER_SCRIPT\nX\necho end`|`APPTAINER_SCRIPT\nend\n`",
                "`cat <<APPTAINER_SCRIPT\ninner\nAPPTAINER_SCRIPT\necho end\n`|`inner\nend\n`",
                "`: '\nAPPTAINER_SCRIPT\nAPPTAINER_SCRIPT_2\n'\necho end`|`end\n`",
                "`echo a\r\necho b\r\n`|`a\nb\n`",
                "`printf '%s' a`|`a\n`",
                "`echo '$HOME' \\\\ $(echo x)\n`|`$HOME \\ x\n`",
                "`#!/usr/bin/env python3\nprint('''a\nb''', 'ü')\n`|`a\nb ü\n`",
                "`#!/usr/bin/perl\nprint \"perl\\n\";\n`|`perl\n`",
                "`#!/bin/sh -u\necho \"$-\" | grep -o u\n`|`u\n`",
                "`echo 1; echo 2 >&2`|`1\n2\n`"
            })
    void theScriptRunsAsItWasWritten(String script, String output) throws Exception {
        assertEquals(0, run.run(script));
        assertEquals(output, run.program());
    }

    @Test
    void aScriptOfThreeMegabytesRuns() throws Exception {
        String line = "x=" + "y".repeat(1000) + "\n";
        String script = line.repeat((ScriptText.MAX_BYTES - 100) / line.length()) + "echo ${#x}\n";
        assertEquals(0, run.run(script));
        assertEquals("1000\n", run.program());
    }

    @Test
    void theProgramStartsInTheWorkingDirectory() throws Exception {
        Files.writeString(Path.of(run.directory().files(), "data.csv"), "1;2\n");
        run.run("cat data.csv\npwd -P\n");
        assertEquals("1;2\n" + Path.of(run.directory().files()).toRealPath() + "\n", run.program());
    }

    @Test
    void onTheHostTheScriptRunsWithoutApptainer() throws Exception {
        Files.delete(folder.resolve("bin/apptainer"));
        run.onHost().run("echo $FILES_DIR$SLURM_JOB_ID");
        assertEquals("4711\nExecution completed\n", run.output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b", "it's", "a\"b", "$HOME", "%j", "`id`", "ünï 日本", "a,b:c", "a;b&c", "-n", "a\\b", "#a", "*",
                "\\$x"
            })
    void everyNameOfTheSharedDirectoryWorks(String name) throws Exception {
        ScriptRun strange = new ScriptRun(Files.createDirectory(folder.resolve(name)), folder.resolve("programs"));
        assertEquals(0, strange.export("FILE_X", folder.resolve(name) + "/x").run("printf '%s\\n' \"$FILE_X\""));
        assertEquals(folder.resolve(name) + "/x\n", strange.program());
        assertTrue(strange.isDone());
        assertTrue(strange.exitRecord(0).contains(" exit=0 "), strange.exitRecord(0));
    }

    @Test
    void onlyTheRecordsAreLeft() throws Exception {
        run.run("true\n");
        try (var files = Files.list(Path.of(run.directory().path()))) {
            assertEquals(
                    "batch.sh exit.0 files home output.log owner script started.0",
                    String.join(
                            " ",
                            files.map(f -> f.getFileName().toString()).sorted().toList()));
        }
    }

    @Test
    void aFullOrReadOnlyDirectoryDoesNotChangeTheExitCode() throws Exception {
        Path directory = Path.of(run.directory().path());
        assertEquals(
                6,
                run.run("chmod 500 '" + directory + "'\nrm -r '"
                        + JobDirectory.announcements(run.directory().root()) + "'\nexit 6\n"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertFalse(run.isDone());
    }
}
