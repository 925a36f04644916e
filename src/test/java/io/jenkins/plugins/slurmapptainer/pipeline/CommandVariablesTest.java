package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandVariablesTest {
    private static final Map<String, String> AGENT =
            Map.of("PATH", "/usr/bin:/bin", "HOME", "/home/agent", "PRICE", "$5", "LANG", "C");

    private static Map<String, String> of(String commands, Map<String, String> command) {
        return new CommandVariables(AGENT, command).forClient(commands);
    }

    @Test
    void whatTheBuildHasSetIsPassedUnderAnotherName() {
        assertEquals(
                Map.of(
                        "SLURM_APPTAINER_VALUE_A", "1=2",
                        "SLURM_APPTAINER_VALUE_EMPTY", "",
                        "SLURM_APPTAINER_VALUE_LANG", "de",
                        "SLURM_APPTAINER_NAMES", "A EMPTY LANG",
                        "SLURM_APPTAINER_PATH", ""),
                of(
                        "",
                        Map.of(
                                "A",
                                "1=2",
                                "EMPTY",
                                "",
                                "LANG",
                                "de",
                                "HOME",
                                "/home/agent",
                                "PATH",
                                "/usr/bin:/bin",
                                "PRICE",
                                "$5")));
    }

    @Test
    void whatNoShellTakesIsLeftOut() {
        assertEquals(
                Map.of("SLURM_APPTAINER_NAMES", "", "SLURM_APPTAINER_PATH", ""),
                of("", Map.of("a.b", "1", "UID", "0", "1A", "2", "OPTIND", "x", "PATH", "/usr/bin:/bin")));
    }

    @Test
    void whatIsInFrontOfTheAgentsPathGoesInFrontOfTheImages() {
        assertEquals(
                List.of(
                        "PATH=/opt/slurm/bin:/usr/bin:/bin",
                        "SLURM_APPTAINER_NAMES=",
                        "SLURM_APPTAINER_PATH=/my/$$x:/y"),
                List.of(new CommandVariables(AGENT, Map.of("PATH", "/my/$x:/usr/bin:/bin:/y"))
                        .escapedForClient("/opt/slurm/bin")));
    }
}
