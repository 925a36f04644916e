package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which variables reach the program, and how. */
class BatchScriptEnvironmentTest {
    private static final String NASTY = "a b'\"$HOME `id` $(id) \\ !x %j\nline 2\n\tü 😀 #;&|";

    @TempDir
    private Path folder;

    private ScriptRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesArriveLiterally(boolean inImage) throws Exception {
        ScriptRun some = inImage ? run : run.onHost();
        some.export("NASTY", NASTY).export("EMPTY", "");
        some.run("printf '%s|%s\\n' \"$NASTY\" \"${EMPTY-unset}\"");
        assertEquals(NASTY + "|\n", some.program());
    }

    @Test
    void onlyTheJobsOwnVariablesEnterTheContainer() throws Exception {
        run.export("FILE_A", "/a")
                .with("SLURM_JOB_NAME", "name with blanks")
                .with("CUDA_VISIBLE_DEVICES", "0,1")
                .with("SECRET_OF_THE_HOST", "x");
        run.run("echo \"$FILE_A|$SLURM_JOB_ID|$SLURM_JOB_NAME|$CUDA_VISIBLE_DEVICES|${SECRET_OF_THE_HOST-}\"");
        assertEquals("/a|4711|name with blanks|0,1|\n", run.program());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "APPTAINER_BIND",
                "APPTAINER_NV",
                "SINGULARITY_BIND",
                "APPTAINERENV_SECRET",
                "SINGULARITYENV_SECRET"
            })
    void variablesThatWouldChangeTheContainerAreDropped(String variable) throws Exception {
        // The stand-in passes on what is left, so that this can be seen.
        run.with(variable, "evil").run("env | grep -c evil");
        assertEquals("0\n", run.program());
    }

    @Test
    void programsOfSrunGetTheScriptsEnvironment() throws Exception {
        run.onHost().run("echo $SLURM_EXPORT_ENV");
        assertEquals("ALL\n", run.program());
    }

    @Test
    void theJobsVariablesWinOverThoseOfTheImage() throws Exception {
        run.image(Map.of("MINE", "of the image", "OTHER", NASTY.replace("\n", " ")))
                .export("MINE", "of the job")
                .run("printf '%s|%s\\n' \"$MINE\" \"$OTHER\"");
        assertEquals("of the job|" + NASTY.replace("\n", " ") + "\n", run.program());
    }
}
