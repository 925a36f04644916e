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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that Slurm sends to the batch script reach the program inside. */
class BatchScriptSignalsTest {
    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder);
    }

    private void send(Process process, String signal) throws Exception {
        run.awaitFile("ready");
        Shell.run("kill", "-s", signal, Long.toString(process.pid()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USR2", "USR1", "TERM", "INT", "HUP"})
    void aTrapOfTheProgramAnswersAndItsExitCodeCounts(String signal) throws Exception {
        Process process = run.start("#!/bin/bash\ntrap 'echo got " + signal + "; exit 42' " + signal
                + "\ntouch ready\nwhile :; do sleep 0.05; done\n");
        send(process, signal);
        assertEquals(42, ScriptRun.end(process));
        assertEquals("got " + signal + "\n", run.program());
        assertTrue(run.exitRecord(0).contains(" exit=42 stage=program signals=" + signal + " "), run.exitRecord(0));
    }

    @Test
    void aSignalThatTheProgramSurvivesDoesNotEndTheJob() throws Exception {
        Process process =
                run.start("trap 'echo noted; n=1' USR1\ntouch ready\nwhile [ -z \"$n\" ]; do sleep 0.05; done\n"
                        + "sleep 0.3\necho finished\nexit 7\n");
        send(process, "USR1");
        assertEquals(7, ScriptRun.end(process));
        assertEquals("noted\nfinished\n", run.program());
    }

    @Test
    void aProgramWithoutATrapIsEndedByTheSignal() throws Exception {
        Process process = run.start("#!/usr/bin/env python3\nimport time\nopen('ready','w')\ntime.sleep(60)\n");
        send(process, "TERM");
        assertEquals(143, ScriptRun.end(process));
        assertTrue(run.exitRecord(0).contains(" exit=143 stage=program signals=TERM "), run.exitRecord(0));
        assertTrue(run.isDone());
    }

    @Test
    void severalSignalsArriveInTurn() throws Exception {
        Process process = run.start(
                "trap 'echo one' USR1\ntrap 'echo two; exit 5' USR2\ntouch ready\nwhile :; do sleep 0.05; done\n");
        send(process, "USR1");
        Thread.sleep(300);
        send(process, "USR2");
        assertEquals(5, ScriptRun.end(process));
        assertEquals("one\ntwo\n", run.program());
        assertTrue(run.exitRecord(0).contains(" signals=USR1,USR2 "), run.exitRecord(0));
    }

    /**
     * The shell's child that is to become the program has the shell's last words until it does. When a node is taken down in this
     * moment, they would tell of a success.
     */
    @Test
    void aChildThatDiesBeforeItRunsTheProgramDoesNotCount() throws Exception {
        // As if a signal had come just before: it is handed on as soon as there is a child.
        Path file = Path.of(run.directory().files(), "written");
        run.requeue()
                .preamble(
                        "signals=TERM",
                        "mv() { command mv \"$@\" && case ${!#} in */exit.*) cat \"${!#}\" >>'" + file
                                + "' ;; esac; }");
        for (int i = 0; i < 20; i++) {
            Process process =
                    run.with("SLURM_RESTART_COUNT", Integer.toString(i)).start("sleep 5\n");
            assertEquals(143, ScriptRun.end(process));
            List<String> written = Files.readAllLines(file);
            assertEquals(i + 1, written.size(), written::toString);
            assertTrue(written.get(i).contains(" exit=143 stage=program "), written.get(i));
        }
    }

    /** A shell that a signal wakes while it waits can miss how its child ended at the same moment (bash 5.2). */
    @Test
    void theExitCodeOfAProgramSurvivesASignalToAllInTheMomentOfItsEnd() throws Exception {
        run.requeue().onHost();
        for (int i = 0; i < 15; i++) {
            run.with("SLURM_RESTART_COUNT", Integer.toString(i));
            assertEquals(143, run.run("kill -TERM $(ps -o ppid= -p $PPID) $PPID $$\nsleep 5\n"), run.output());
        }
    }

    /** Slurm says what it was; the shell's last words would be those of a success. */
    @ParameterizedTest
    @ValueSource(strings = {"ALRM", "XCPU"})
    void signalsThatTheScriptDoesNotPassOnLeaveNoRecord(String signal) throws Exception {
        Process process = run.start("touch ready\nsleep 1\n");
        send(process, signal);
        assertTrue(ScriptRun.end(process) != 0);
        assertFalse(Files.exists(Path.of(run.directory().exit() + 0)));
        assertFalse(run.isDone());
    }

    private static final String DUE =
            "error: *** JOB 4711 ON n1 CANCELLED AT 2026-11-23T10:16:30 DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS ***";
    /** As slurmstepd prints it before it sends the signal (22.05 to 24.11). */
    private static final String NODE_FAILURE = "slurmstepd-n1: " + DUE;
    /** The same, of 26.05. */
    private static final String NODE_FAILURE_26_05 = "[2026-11-23T10:16:30.197] " + DUE;

    @ParameterizedTest
    @CsvSource({
        "'" + NODE_FAILURE + "',true",
        "'" + NODE_FAILURE_26_05 + "',true",
        "'echo: " + NODE_FAILURE + "',false",
        "nothing,false"
    })
    void theRecordHasTheReasonFromSlurmstepd(String line, boolean told) throws Exception {
        Process process = run.start("echo '" + line + "'\ntouch ready\nsleep 60\n");
        send(process, "TERM");
        ScriptRun.end(process);
        assertEquals(told, run.exitRecord(0).endsWith(" notice=node"), run.exitRecord(0));
    }

    @Test
    void theRecordHasNoReasonOfAnEarlierRun() throws Exception {
        run.requeue();
        Process process = run.start("echo '" + NODE_FAILURE + "'\ntouch ready\nsleep 60\n");
        send(process, "TERM");
        ScriptRun.end(process);
        Files.delete(Path.of(run.directory().files(), "ready"));
        Process again = run.with("SLURM_RESTART_COUNT", "1").start("touch ready\nsleep 60\n");
        send(again, "TERM");
        ScriptRun.end(again);
        assertFalse(run.exitRecord(1).contains("notice"), run.exitRecord(1));
    }
}
