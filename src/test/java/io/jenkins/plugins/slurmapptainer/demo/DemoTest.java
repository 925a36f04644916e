package io.jenkins.plugins.slurmapptainer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code make demo} does with the options of a Jenkinsfile: it heeds them, or says that it cannot. */
@Tag("cluster")
class DemoTest {
    @TempDir
    Path workspace;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private int run(String script) throws Exception {
        Path jenkinsfile = Files.writeString(workspace.resolve("Jenkinsfile"), script);
        PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
        try (DemoCluster cluster = new DemoCluster(workspace, out)) {
            return Demo.run(jenkinsfile.toFile(), cluster, out);
        }
    }

    private void said(String words) {
        assertTrue(console.toString(StandardCharsets.UTF_8).contains(words), console.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aScriptOfAFileRunsAsItWouldInABuild() throws Exception {
        Files.writeString(Files.createDirectory(workspace.resolve("tools")).resolve("sum.py"), "print(40 + 2)\n");
        int status = run("node {\n"
                + "  slurmApptainer(image: 'python_3.11', scriptFile: 'tools/sum.py', interpreter: 'python3 -u',\n"
                + "      containall: true, workingDirectory: 'job', begin: 'now', maxPending: '5')\n}");
        said("\n42\n");
        assertEquals(0, status);
    }

    @Test
    void outputsComeBack() throws Exception {
        assertEquals(0, run("node { slurmApptainer(outputs: 'a.txt', script: 'echo 1 >a.txt') }"));
        assertEquals("1\n", Files.readString(workspace.resolve("a.txt")));
    }

    @ParameterizedTest
    @CsvSource({
        "template: 'small', 'template: templates stand in the configuration of Jenkins'",
        "cluster: 'main', 'cluster: names of clusters stand in the configuration of Jenkins'",
        "'archive: true, outputs: ''a''', 'archive: artifacts belong to builds of Jenkins'",
        "binds: '/etc', 'binds: ''/etc'' cannot be mounted'",
        "scriptFile: 'none.sh', 'scriptFile: '",
        "tiem: '5', 'tiem: there is no such parameter; did you mean '"
    })
    void whatOnlyJenkinsHasIsNamed(String option, String words) throws Exception {
        String script = option.startsWith("scriptFile") ? "" : "script: 'echo ran', ";
        String image = option.startsWith("binds") ? "image: 'python_3.11', " : "";
        assertEquals(1, run("node { slurmApptainer(" + script + image + option + ") }"));
        said("ERROR: " + words);
        assertFalse(console.toString(StandardCharsets.UTF_8).contains("Submitted"));
    }
}
