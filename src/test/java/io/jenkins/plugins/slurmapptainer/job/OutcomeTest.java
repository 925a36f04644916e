package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "0,SUCCESS,0",
        "1,FAILURE,0",
        "127,FAILURE,0",
        "128,FAILURE,0",
        "129,SIGNAL,1",
        "137,SIGNAL,9",
        "143,SIGNAL,15",
        "192,SIGNAL,64",
        "193,FAILURE,0",
        "255,FAILURE,0"
    })
    void anExitCodeMeansWhatItMeansToAShell(int code, Outcome.Kind kind, int signal) {
        assertEquals(new Outcome(kind, code, signal, ""), Outcome.ofExitCode(code));
    }

    @Test
    void onlySuccessIsSuccess() {
        Set<Outcome.Kind> good = Arrays.stream(Outcome.Kind.values())
                .filter(kind -> Outcome.of(kind, "").isSuccess())
                .collect(Collectors.toSet());
        assertEquals(EnumSet.of(Outcome.Kind.SUCCESS), good);
        assertFalse(Outcome.ofExitCode(1).isSuccess());
    }

    @Test
    void infrastructureFailuresAreThoseThatMaySucceedAgain() {
        Set<Outcome.Kind> infrastructure = Arrays.stream(Outcome.Kind.values())
                .filter(Outcome.Kind::isInfrastructure)
                .collect(Collectors.toSet());
        assertEquals(
                EnumSet.of(
                        Outcome.Kind.NODE_FAILURE,
                        Outcome.Kind.BOOT_FAILURE,
                        Outcome.Kind.PREEMPTED,
                        Outcome.Kind.LAUNCH_FAILURE,
                        Outcome.Kind.NOT_SUBMITTED,
                        Outcome.Kind.UNKNOWN),
                infrastructure);
    }

    @Test
    void anEndBySlurmIsNotTheProgramsOwn() {
        Set<Outcome.Kind> own = Arrays.stream(Outcome.Kind.values())
                .filter(kind -> new Outcome(kind, 3, 0, "").isProgramsOwn())
                .collect(Collectors.toSet());
        assertEquals(EnumSet.of(Outcome.Kind.SUCCESS, Outcome.Kind.FAILURE, Outcome.Kind.SIGNAL), own);
        assertFalse(Outcome.of(Outcome.Kind.FAILURE, "").isProgramsOwn());
    }

    /** The names are stored in builds. */
    @Test
    void theNamesNeverChange() {
        assertEquals(
                "SUCCESS FAILURE SIGNAL TIME_LIMIT OUT_OF_MEMORY NODE_FAILURE BOOT_FAILURE PREEMPTED DEADLINE OUTPUT_MISSING CANCELLED"
                        + " NEVER_RUNNABLE WAITED_TOO_LONG LAUNCH_FAILURE SUBMIT_REJECTED NOT_SUBMITTED UNKNOWN",
                Arrays.stream(Outcome.Kind.values()).map(Enum::name).collect(Collectors.joining(" ")));
    }

    @Test
    void changedDetailsLeaveTheRest() {
        assertEquals(
                new Outcome(Outcome.Kind.SIGNAL, 137, 9, "x"),
                Outcome.ofExitCode(137).withDetail("x"));
    }
}
