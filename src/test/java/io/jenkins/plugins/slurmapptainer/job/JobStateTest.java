package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {
    /** Every word of the states and flags of Slurm 22.05 to 26.05, with what it means for somebody who waits. */
    @ParameterizedTest
    @CsvFileSource(resources = "states.csv", numLinesToSkip = 1)
    void knowsEveryWordOfSlurm(String word, String code, boolean ended, boolean waiting, boolean stuck) {
        JobState state = JobState.parse(word);
        assertEquals(word, state.name());
        assertEquals(state, JobState.parse(code));
        assertEquals(ended, state.isEnded(), "ended");
        assertEquals(waiting, state.isWaiting(), "waiting");
        assertEquals(stuck, state.isStuck(), "stuck");
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED by 1000,CANCELLED",
        "CANCELLED+,CANCELLED",
        "cancelled,CANCELLED",
        "' RUNNING ',RUNNING",
        "NODE_FAIL+,NODE_FAIL",
        "OUT_OF_MEMORY,OUT_OF_MEMORY",
        "TIMEOUT by 0,TIMEOUT"
    })
    void readsTheFormsOfTheAccounting(String printed, JobState state) {
        assertEquals(state, JobState.parse(printed));
    }

    @ParameterizedTest
    @CsvSource({
        "FROBNICATING",
        "''",
        "?",
        "+",
        "COMPLETINGINVALID",
        "1",
        "'COMPLETED,RUNNING'",
        "UNKNOWN",
        "' '",
        "COMPLETEDX"
    })
    void anUnknownStateCountsAsAlive(String printed) {
        JobState state = JobState.parse(printed);
        assertEquals(JobState.UNKNOWN, state);
        assertFalse(state.isEnded());
        assertFalse(state.isStuck());
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void everyStateHasWordsForAConsole(JobState state) {
        assertEquals(state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '), state.words());
    }
}
