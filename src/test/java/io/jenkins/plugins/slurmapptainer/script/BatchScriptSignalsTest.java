package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    void aSignalThatIsSurvivedDoesNotEndTheJob() throws Exception {
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
}
