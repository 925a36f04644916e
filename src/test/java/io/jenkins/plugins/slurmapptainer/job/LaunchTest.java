package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
    private static LaunchRequest request(String launch, String mpi) {
        return LaunchRequest.of(Map.of(LaunchOption.LAUNCH, launch, LaunchOption.MPI, mpi));
    }

    @Test
    void withoutOptionsAScriptIsStartedOnce() {
        assertEquals(Launch.USUAL, LaunchRequest.of(Map.of()).launch(true));
        assertEquals(Launch.USUAL, request(" ", "").launch(false));
    }

    @Test
    void srunStartsTasksWithAnInterface() {
        Launch launch = request("srun", "pmix_v4").launch(false);
        assertEquals(new Launch(Launch.Way.SRUN, "pmix_v4", Launch.Output.MIXED), launch);
        assertTrue(launch.isBySrun());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mpirun | pmix | true | launch: 'mpirun' is none of 'once'
            srun | list | true | mpi: 'list' is no name
            srun | --x | true | mpi: '--x' is no name of an MPI interface
            srun | pmix;id | true | mpi: 'pmix;id' is no name of an MPI interface
            '' | pmix | true | mpi: it is for what srun starts
            host | pmix | true | mpi: it is for what srun starts
            host | '' | false | launch: a script without an image runs on the host already
            """)
    void whatMakesNoSenseIsRefused(String launch, String mpi, boolean image, String refusal) {
        String message = assertThrows(
                        InvalidRequestException.class,
                        () -> request(launch, mpi).launch(image))
                .getMessage();
        assertTrue(message.startsWith(refusal), message);
    }
}
