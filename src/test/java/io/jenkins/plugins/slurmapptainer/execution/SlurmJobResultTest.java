package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.EndedJobs;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmJobResultTest {
    private static final Outcome TIME_LIMIT = new Outcome(Outcome.Kind.TIME_LIMIT, 143, 0, "Slurm: TimeLimit");

    /** What a script in the sandbox may not call, it would see as missing. */
    @ParameterizedTest
    @ValueSource(classes = {SlurmJobResult.class, SlurmTaskResult.class, SlurmJobException.class})
    void everyGetterIsAllowedInTheSandbox(Class<?> type) {
        List<Method> getters = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getName().matches("(get|is)[A-Z].*"))
                .toList();
        assertTrue(getters.size() > 1);
        for (Method getter : getters) {
            assertTrue(getter.isAnnotationPresent(Whitelisted.class), getter.toString());
        }
    }

    @Test
    void tellsTheFacts() {
        SlurmJobResult result = new SlurmJobResult(EndedJobs.job12(Outcome.success()));
        assertEquals("job 12 COMPLETED exit 0", result.toString());
        assertEquals("real", result.getCluster());
        assertEquals("n1", result.getNodes());
        assertEquals("01:01:01", result.getElapsed());
        assertEquals("00:01:00", result.getWaited());
    }

    @Test
    void aJobThatWasNeverSubmittedHasNoTimes() {
        SlurmJobResult result =
                new SlurmJobResult(EndedJobs.neverSubmitted(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, "")));
        assertEquals("job  SUBMIT_REJECTED exit -1", result.toString());
        assertEquals("00:00:00", result.getElapsed());
        assertEquals("00:00:00", result.getWaited());
    }

    @ParameterizedTest
    @CsvSource({"0,true,0", "3,true,3", "137,true,137", "0,false,job 12 COMPLETED exit 0", "3,false,"})
    void aBuildGetsTheResultThatItAskedFor(int code, boolean returnStatus, String expected) {
        assertEquals(Optional.ofNullable(expected), given(Outcome.ofExitCode(code), returnStatus));
    }

    @Test
    void aJobThatSlurmEndedHasNoExitCode() {
        assertEquals(Optional.empty(), given(TIME_LIMIT, true));
        assertEquals(Optional.empty(), given(Outcome.of(Outcome.Kind.FAILURE, "exit code not known"), true));
    }

    private static Optional<String> given(Outcome outcome, boolean returnStatus) {
        SlurmJobOptions options = new SlurmJobOptions("true");
        options.returnStatus(returnStatus);
        return SlurmJobResult.of(List.of(EndedJobs.job12(outcome)), options).map(Object::toString);
    }

    @Test
    void withoutPropagationEveryEndIsAResult() {
        SlurmJobOptions options = new SlurmJobOptions("true");
        options.propagate(false);
        for (Outcome outcome : List.of(TIME_LIMIT, Outcome.ofExitCode(3), Outcome.success())) {
            Object given = SlurmJobResult.of(List.of(EndedJobs.job12(outcome)), options)
                    .orElseThrow();
            assertEquals(outcome.exitCode(), ((SlurmJobResult) given).getExitCode());
        }
    }

    @Test
    void aJobThatIsNoArrayHasNoTasks() {
        SlurmJobResult result = new SlurmJobResult(EndedJobs.job12(Outcome.ofExitCode(3)));
        assertEquals(List.of(), result.getTasks());
        assertEquals("", result.getFailedTasks());
    }

    @Test
    void anArrayHasAResultForEachTask() throws Exception {
        SlurmJobResult result = copy(new SlurmJobResult(EndedJobs.array("12", Map.of(0, 0, 1, 3, 2, 4, 7, 1, 9, 0))));
        assertEquals("1,2,7", result.getFailedTasks());
        assertEquals(
                "[task 0 COMPLETED exit 0, task 1 FAILURE exit 3, task 2 FAILURE exit 4, task 7 FAILURE exit 1,"
                        + " task 9 COMPLETED exit 0]",
                result.getTasks().toString());
        SlurmTaskResult seven = result.getTasks().get(3);
        assertEquals(7, seven.getIndex());
        assertEquals("12_7", seven.getId());
        assertEquals("n7", seven.getNodes());
        assertEquals("00:00:05", seven.getElapsed());
        assertEquals(0, seven.getRestarts());
    }

    @Test
    void theLastTryOfEachTaskCounts() {
        List<JobRecord> tries = List.of(
                EndedJobs.array("12", Map.of(0, 0, 1, 3, 2, 4)),
                EndedJobs.array("13", Map.of(1, 0, 2, 5)),
                EndedJobs.arrayNeverSubmitted(2));
        SlurmJobResult result = new SlurmJobResult(tries);
        assertEquals("2", result.getFailedTasks());
        assertEquals(
                List.of("12_0", "13_1", "13_2"),
                result.getTasks().stream().map(SlurmTaskResult::getId).toList());
        assertEquals(5, result.getTasks().get(2).getExitCode());
        assertEquals("SUBMIT_REJECTED", result.getState());
    }

    @Test
    void aFailureIsSavedWithItsJob() throws Exception {
        SlurmJobException kept = copy(SlurmJobException.ended(List.of(EndedJobs.job12(TIME_LIMIT))));
        assertTrue(kept.getMessage().startsWith("Job 12 reached its time limit"), kept.getMessage());
        assertEquals("job 12 TIME_LIMIT exit 143", kept.getJob().toString());
        assertEquals(false, kept.isInfrastructure());
    }

    @Test
    void aJobThatIsGivenUpHasNoFacts() {
        SlurmJobException failure = SlurmJobException.givenUp(EndedJobs.silent(), "nobody has answered");
        assertEquals("nobody has answered", failure.getMessage());
        assertEquals("job 12 UNKNOWN exit -1", failure.getJob().toString());
        assertEquals("00:00:00", failure.getJob().getElapsed());
        assertTrue(failure.isInfrastructure());
    }

    private static <T> T copy(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T copy = (T) in.readObject();
            return copy;
        }
    }
}
