package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MpiListTest {
    /** Of slurm-wlm 22.05.8, on standard output. */
    private static final String OF_22_05 = """
            MPI plugin types are...
            \tpmix
            \tnone
            \tcray_shasta
            \tpmi2
            specific pmix plugin versions available: pmix_v4
            """;

    @Test
    void interfacesAndVersionsOfPmixAreRead() {
        assertEquals(
                List.of("cray_shasta", "none", "pmi2", "pmix", "pmix_v4"),
                MpiList.read(new CommandResult(0, OF_22_05, "")));
        assertEquals(
                List.of("none", "pmix", "pmix_v3", "pmix_v5"),
                MpiList.read(
                        new CommandResult(
                                0,
                                "",
                                "MPI plugin types are...\n\tnone\n\tpmix\nspecific pmix plugin versions available: pmix_v3,pmix_v5\n")));
    }

    @Test
    void otherWordsAreNoInterfaces() {
        assertEquals(
                List.of(),
                MpiList.read(new CommandResult(1, "", "srun: error: unable to open /etc/slurm/slurm.conf\n")));
    }
}
