package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmEnvironmentTest {
    private static Map<String, String> fixed(Map<String, String> before) {
        Map<String, String> environment = new HashMap<>(before);
        SlurmEnvironment.fix("squeue", environment);
        return environment;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SBATCH_WAIT",
                "SBATCH_OUTPUT",
                "SBATCH_PARTITION",
                "SQUEUE_FORMAT",
                "SQUEUE_STATES",
                "SQUEUE_USERS",
                "SACCT_FORMAT",
                "SCANCEL_BATCH",
                "SCONTROL_ALL",
                "SLURM_CLUSTERS",
                "SLURM_JSON",
                "SLURM_JOB_ID",
                "SLURM_EXIT_ERROR",
                "SLURM_CPU_BIND",
                "SLURM_JWT",
                "SRUN_CPUS_PER_TASK",
                "SALLOC_ACCOUNT",
                "LANG",
                "LANGUAGE",
                "LC_TIME"
            })
    void variablesThatChangeACommandAreRemoved(String name) {
        assertFalse(fixed(Map.of(name, "x")).containsKey(name));
    }

    @Test
    void variablesOfTheSiteStay() {
        Map<String, String> site = Map.of(
                "SLURM_CONF",
                "/etc/slurm/slurm.conf",
                "SLURM_CONF_SERVER",
                "head:6817",
                "SLURM_SACK_SOCKET",
                "/run/s",
                "PATH",
                "/bin",
                "HOME",
                "/h",
                "LD_LIBRARY_PATH",
                "/l",
                "SLURMISH",
                "1",
                "MY_SLURM_X",
                "2");
        Map<String, String> expected = new HashMap<>(site);
        expected.put("LC_ALL", "C");
        expected.put("SLURM_BITSTR_LEN", "0");
        expected.put("SLURM_TIME_FORMAT", "standard");
        assertEquals(expected, fixed(site));
    }

    @Test
    void oneLanguageAndOneTimeFormatWhateverWasSet() {
        assertEquals(
                Map.of("LC_ALL", "C", "SLURM_TIME_FORMAT", "standard", "SLURM_BITSTR_LEN", "0"),
                fixed(Map.of("LC_ALL", "de_DE.UTF-8", "SLURM_TIME_FORMAT", "relative")));
    }

    @Test
    void aJobInheritsNothingButWhatItNeeds() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH",
                "/bin",
                "HOME",
                "/h",
                "SLURM_CONF",
                "/c",
                "SLURM_CONF_SERVER",
                "head",
                "SBATCH_WAIT",
                "1",
                "SLURM_JWT",
                "of the agent",
                "JENKINS_URL",
                "x",
                "TOKEN",
                "secret"));
        SlurmEnvironment.fix("sbatch", environment);
        assertEquals(
                Map.of("PATH", "/bin", "HOME", "/h", "SLURM_CONF", "/c", "SLURM_CONF_SERVER", "head"), environment);
    }
}
