package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people who know the original system look for in the script, in the order in which it stands there. */
class ReferenceStructureTest {
    private static final List<String> DIRECTIVES = List.of(
            "#!/bin/bash",
            "#SBATCH --job-name=test_job",
            "#SBATCH --partition=group1",
            "#SBATCH --nodes=1",
            "#SBATCH --cpus-per-task=64",
            "#SBATCH --mem=16GB",
            "#SBATCH --time=01:00:00");

    private static List<String> lines(BatchJob job) {
        return BatchScriptRenderer.render(job).lines().collect(Collectors.toList());
    }

    @Test
    void theUsersDirectivesComeFirstInTheSameOrder() {
        assertEquals(DIRECTIVES, lines(Jobs.referenceInImage()).subList(0, 7));
        assertEquals(DIRECTIVES, lines(Jobs.referenceOnHost()).subList(0, 7));
    }

    @Test
    void noDirectiveFollowsTheFirstCommand() {
        List<String> lines = lines(Jobs.referenceInImage());
        int end = lines.indexOf("");
        assertTrue(lines.subList(1, end).stream().allMatch(line -> line.startsWith("#SBATCH --")));
        assertTrue(lines.subList(end, lines.size()).stream().noneMatch(line -> line.startsWith("#SBATCH")));
    }

    @Test
    void exportsBannerScriptAndCompletionFollow() {
        List<String> lines = lines(Jobs.referenceInImage());
        List<String> expected = List.of(
                "# Uploaded File Paths",
                "export FILE_DATA_INPUT=/shared/uploads/user01/20251106/data.csv",
                "export INPUT=/shared/uploads/user01/20251106/data.csv",
                "# Apptainer Container Execution",
                "echo \"========================================\"",
                "echo 'Using Apptainer image: python_3.11.sif'",
                "echo 'Image path: /shared/apptainer/images/compute/python_3.11.sif'",
                "# Execute script inside Apptainer container");
        assertEquals(
                expected, lines.stream().filter(expected::contains).distinct().collect(Collectors.toList()));
        int start = lines.indexOf("#!/bin/bash") < 0 ? -1 : lines.lastIndexOf("#!/bin/bash");
        assertEquals("script_text() { cat <<'APPTAINER_SCRIPT'", lines.get(start - 1));
        assertEquals(
                List.of(
                        "echo \"Hello from inside Apptainer!\"",
                        "python3 --version",
                        "python3 process.py --input $INPUT",
                        "APPTAINER_SCRIPT",
                        "}",
                        "place_script",
                        "start_program",
                        "cd /"),
                lines.subList(start + 1, lines.size() - 2));
        String run = lines.get(lines.size() - 2);
        assertTrue(run.startsWith("run apptainer exec "), run);
        assertTrue(run.contains(" /shared/apptainer/images/compute/python_3.11.sif /bin/bash \"$script_file\" "), run);
        assertEquals("finish 'Apptainer execution'", lines.get(lines.size() - 1));
    }

    @Test
    void withoutAnImageTheScriptRunsDirectly() {
        List<String> lines = lines(Jobs.referenceOnHost());
        assertTrue(lines.contains("# Direct execution (no Apptainer)"));
        assertTrue(lines.stream().noneMatch(line -> line.contains("apptainer exec")));
    }

    @Test
    void theJobRunsOnceUnlessAskedOtherwise() {
        assertTrue(lines(Jobs.referenceOnHost()).contains("#SBATCH --no-requeue"));
    }
}
