package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentRequestTest {
    private static final Map<String, String> BUILD = Map.of(
            "BUILD_TAG", "jenkins-a-1",
            "JOB_NAME", "folder/a",
            "API_TOKEN", "hunter2",
            "PATH", "/agent/bin",
            "EMPTY", "");

    private static Map<String, String> values(String... elements) {
        return EnvironmentRequest.of(Arrays.asList(elements))
                .resolve(BUILD, List.of())
                .values();
    }

    private static String refused(String... elements) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> values(elements));
        assertEquals("env", e.field());
        assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
        return e.getMessage();
    }

    @Test
    void namesAndValuesAreRead() {
        assertEquals(
                Map.of("BUILD_TAG", "jenkins-a-1", "API_TOKEN", "hunter2", "MODE", "fast", "EMPTY", ""),
                values("BUILD_TAG", "API_TOKEN", "MODE=fast", "EMPTY"));
        assertEquals(List.of("B", "A"), List.copyOf(values("B=1", "A=2").keySet()));
        assertEquals(Map.of(), values());
    }

    @Test
    void aValueIsTheRestOfTheElementAsItStands() {
        String value = " a=b, c\n\"$HOME\" 'x' ü ";
        assertEquals(Map.of("A", value, "B", ""), values("A=" + value, "B="));
    }

    @Test
    void anElementWithoutValueMayHoldSeveralNames() {
        assertEquals(Map.of("BUILD_TAG", "jenkins-a-1", "JOB_NAME", "folder/a"), values("BUILD_TAG, JOB_NAME,"));
    }

    @Test
    void aTextIsSeparatedByCommasAndLines() {
        assertEquals(
                List.of("BUILD_TAG", "JOB_NAME", "MODE=fast", "X=1"),
                EnvironmentRequest.elements(" BUILD_TAG, JOB_NAME\r\nMODE=fast ,,\nX=1\n"));
    }

    @Test
    void aMissingVariableSuggestsTheNearestName() {
        assertEquals("env: the build has no variable 'API_TOKN'; did you mean 'API_TOKEN'?", refused("API_TOKN"));
        assertEquals("env: the build has no variable 'build_tag'; did you mean 'BUILD_TAG'?", refused("build_tag"));
        assertEquals(
                "env: the build has no variable 'XYZZY_PLUGH'; set it around this step with withEnv or"
                        + " withCredentials, or write 'XYZZY_PLUGH=value'",
                refused("XYZZY_PLUGH"));
    }

    @Test
    void aValueWrittenInsteadOfANameIsNotRepeated() {
        assertEquals("env: element 2 is the value of 'API_TOKEN'; write its name", refused("JOB_NAME", "hunter2"));
        assertEquals(
                "env: element 1 is neither a name nor NAME=value; a name has letters, digits and underscores",
                refused("hunter2!"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1A=x", "A-B=x", "=x", "A B=x", "ü=x", "A.B"})
    void invalidNamesAreRefused(String element) {
        assertTrue(refused(element).startsWith("env: element 1 is neither a name"), element);
    }

    @ParameterizedTest
    @CsvSource({
        "SLURM_JOB_ID=1, is Slurm's own",
        "SLURM_JWT=x, is Slurm's own",
        "SLURMD_NODENAME=x, is Slurm's own",
        "slurm_apptainer_variables=x, is Slurm's own",
        "APPTAINER_BIND=/, is Apptainer's own",
        "APPTAINERENV_X=1, is Apptainer's own",
        "SINGULARITYENV_X=1, is Apptainer's own",
        "PREPEND_PATH=/x, is Apptainer's own",
        "FILE_DATA=x, names an attached file",
        "FILES_DIR=x, names an attached file",
        "BASH_ENV=x, is the shell's own",
        "UID=0, is the shell's own",
        "IFS=x, is the shell's own",
        "PATH, belongs to the node or the image; the script itself can change it",
        "HOME=/x, belongs to the node or the image; the script itself can change it"
    })
    void reservedNamesAreRefused(String element, String why) {
        assertEquals("env: '" + element.split("=")[0] + "' " + why, refused(element));
    }

    @Test
    void settingsOfProgramsAreAllowed() {
        assertEquals(
                Map.of("TZ", "UTC", "LANG", "C", "TMPDIR", "/scratch"), values("TZ=UTC", "LANG=C", "TMPDIR=/scratch"));
    }

    @Test
    void clashingNamesAreRefused() {
        assertEquals("env: 'A' is given twice", refused("A=1", "A=1"));
        assertEquals("env: 'JOB_NAME' is given twice", refused("JOB_NAME", "JOB_NAME=x"));
        EnvironmentRequest request = EnvironmentRequest.of(List.of("INPUT=x"));
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> request.resolve(BUILD, List.of("INPUT")));
        assertEquals("env: 'INPUT' also names an attached file; choose another name there", e.getMessage());
    }

    @Test
    void valuesThatNoProgramCanGetAreRefused() {
        assertTrue(refused("A=\0").contains("'A' has a NUL"));
        assertTrue(refused("A=" + "x".repeat(JobEnvironment.MAX_BYTES + 1)).contains("attach that with files:"));
        String large = "x".repeat(JobEnvironment.MAX_BYTES);
        String[] many = new String[10];
        Arrays.setAll(many, i -> "A" + i + "=" + large);
        assertTrue(refused(many).contains("all values together"));
        assertEquals(large, values("A=" + large).get("A"));
    }

    @Test
    void noTextShowsAValue() {
        JobEnvironment environment = EnvironmentRequest.of(List.of("API_TOKEN")).resolve(BUILD, List.of());
        assertEquals("JobEnvironment[API_TOKEN]", environment.toString());
    }
}
