package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskOptionsTest {
    private static TaskOptions options(String output, Integer retries) {
        TaskOptions options = new TaskOptions();
        options.output(output);
        options.retries(retries);
        return options;
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            0-9%2 | - | - | -
            1,3 | files | 2 | -
            0 | console | 0 | -
            - | - | - | -
            - | console | 0 | -
            - | files | - | taskOutput: only a job array, or a script with launch: 'srun', has tasks; name them with array:, or leave it out
            - | - | 1 | taskRetries: only the tasks of a job array are submitted again; name them with array:, or leave it out
            0-9 | file | - | taskOutput: 'file' is not 'console', 'labels' or 'files'
            0-9 | labels | - | taskOutput: 'labels' needs launch: 'srun'; leave it out for an array, whose lines always have the index of their task
            0-9 | - | 11 | taskRetries: 11 is not a number of retries; write 0 to 10
            0-9 | - | -1 | taskRetries: -1 is not a number of retries; write 0 to 10
            9-0 | - | - | array: '9-0' ends before it begins; write the smaller index first
            a | - | - | array: 'a' is not a list of indexes, for example '0-99%10'
            """)
    void taskOptionsAreChecked(String array, String output, Integer retries, String refusal) {
        TaskOptions options = options(output, retries);
        if (refusal == null) {
            assertDoesNotThrow(() -> options.check(array, Launch.USUAL));
        } else {
            assertEquals(
                    refusal,
                    assertThrows(InvalidRequestException.class, () -> options.check(array, Launch.USUAL))
                            .getMessage());
        }
    }

    /** What srun does with the output of its tasks, if the job is an array or not. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,MIXED",
                "-,console,MIXED",
                "-,labels,LABELED",
                "-,files,FILES",
                "0-3,-,MIXED",
                "0-3,labels,LABELED",
                "0-3,files,MIXED"
            })
    void tasksOfSrunHaveAnOutput(String array, String output, Launch.Output expected) {
        Launch bySrun = new Launch(Launch.Way.SRUN, "", Launch.Output.MIXED);
        assertEquals(bySrun.with(expected), options(output, null).check(array, bySrun));
    }

    @Test
    void defaultValuesAreNotSaved() {
        assertEquals(new TaskOptions(), options(" console ", 0));
    }
}
