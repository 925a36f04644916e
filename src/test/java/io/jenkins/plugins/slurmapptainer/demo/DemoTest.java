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
    @CsvSource(delimiter = '|', textBlock = """
            env: ["COLOUR=${c}"]                | echo "got $COLOUR"             | got blue
            env: [COLOUR: "${c}", N: 2]         | echo "got $COLOUR $N"          | got blue 2
            files: ['a.csv', "sub/${'b'}.csv"]  | echo "got" $(cat a.csv sub/*)  | got 1 2
            files: 'a.csv sub/b.csv'.split(' ') | echo "got" $(cat a.csv sub/*)  | got 1 2
            files: [DATA: 'a.csv']              | echo "got $(cat "$DATA")"      | got 1
            files: ['x,y.csv']                  | echo "got $(cat x,y.csv)"      | got 3
            outputs: ['r.txt']                  | echo 4 >r.txt; echo got        | got
            cpusPerTask: '1', time: 5           | echo "got $SLURM_CPUS_PER_TASK" | got 1
            exclusive: 'false', nodes: 1G       | echo "got $SLURM_NNODES"       | got 1
            options: [nice: 5]                  | echo got                       | got
            array: 3..4                         | echo "got $SLURM_ARRAY_TASK_ID" | got 4
            """)
    void valuesAreReadAsPeopleWriteThem(String options, String script, String words) throws Exception {
        Files.writeString(workspace.resolve("a.csv"), "1\n");
        Files.writeString(Files.createDirectory(workspace.resolve("sub")).resolve("b.csv"), "2\n");
        Files.writeString(workspace.resolve("x,y.csv"), "3\n");
        assertEquals(
                0,
                run("def c = 'blue'\nnode { slurmApptainer(script: '" + script + "', " + options + ") }"),
                console::toString);
        said(words + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            script: 'echo a; echo b >&2; echo c'                        | [a,c,]
            image: 'python_3.11', script: 'echo a; echo b >&2; echo c'  | [a,c,]
            script: 'printf x; cat </dev/null; sleep 5 &'               | [x]
            script: 'true'                                              | []
            script: 'printf "\\\\344"', encoding: 'latin1'                | [ä]
            script: 'echo 1; echo 2 >/dev/stdout'                       | [1,2,]
            """)
    void theStepReturnsWhatTheProgramPrints(String options, String words) throws Exception {
        assertEquals(
                0,
                run("def o = slurmApptainer(returnStdout: true, " + options + ")\necho \"[${o.replace('\\n', ',')}]\""),
                console::toString);
        said(words + "\n");
        assertFalse(console.toString(StandardCharsets.UTF_8).contains("\na\n"));
        assertEquals(
                options.contains(">&2"),
                console.toString(StandardCharsets.UTF_8).contains("\nb\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            script: 'head -c 5000000 /dev/zero'    | returnStdout: the program has printed more than the 4.0 MB
            script: 'echo why; exit 3'            | why
            script: 'true', returnStatus: true    | returnStdout: the step can return only one thing; leave out returnStatus
            script: 'true', array: '0-1'          | returnStdout: an array cannot return text, because its tasks print at the same time
            """)
    void theConsoleSaysWhyNothingIsReturned(String options, String words) throws Exception {
        assertTrue(run("slurmApptainer(returnStdout: true, " + options + ")") > 0, console::toString);
        said(words);
    }

    @Test
    void branchesRunSideBySide() throws Exception {
        // Each waits for a file of the other's: one after the other, neither would end.
        String job =
                "slurmApptainer(files: 'seed', outputs: 'done', time: '5', script: \"\"\"mkdir -p \\$(dirname \\$FILES_DIR)\n"
                        + "touch ${shared}/${me}; for i in \\$(seq 300); do [ ! -e ${shared}/${other} ] || break; sleep .2; done\n"
                        + "[ -e ${shared}/${other} ] && echo met ${other} && touch done\"\"\")";
        Path meeting = Files.createTempDirectory(Path.of(System.getenv("SHARED_DIR")), "meeting");
        Files.writeString(workspace.resolve("seed"), "");
        assertEquals(
                0,
                run("def shared = '" + meeting + "'\ndef meet = { me, other -> " + job + " }\nnode {\n"
                        + "def results = parallel(a: { dir('.') { meet('a', 'b') }; 1 }, b: { meet('b', 'a'); 2 })\n"
                        + "echo \"results ${results}\" }"),
                console::toString);
        said("[a] met b\n");
        said("[b] met a\n");
        said("results [a:1, b:2]");
    }

    @Test
    void aBranchThatFailsEndsTheOthers() throws Exception {
        long begin = System.nanoTime();
        assertEquals(
                7,
                run("try { parallel(slow: { slurmApptainer(script: 'sleep 300') }, "
                        + "bad: { slurmApptainer(script: 'exit 7') }, failFast: true) } finally { echo 'over' }"),
                console::toString);
        said("Failed in branch bad\n");
        said("[slow] [Slurm] Stopping the job\n");
        said("was cancelled (by this build)\n");
        said("\nover\n");
        assertTrue(System.nanoTime() - begin < 120_000_000_000L);
    }

    @Test
    void aTimeoutCancelsTheJob() throws Exception {
        assertEquals(
                0,
                run("try { timeout(time: 8, unit: 'SECONDS') { retry(3) { slurmApptainer 'sleep 300' } } }\n"
                        + "catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) { echo 'told' }\n"
                        + "slurmApptainer 'echo after'"),
                console::toString);
        said("Cancelling nested steps due to timeout\n");
        said("was cancelled (by this build)\n");
        said("\ntold\n");
        said("\nafter\n");
        assertFalse(console.toString(StandardCharsets.UTF_8).contains("Retrying"));
    }

    @Test
    void onlyFailuresOfTheClusterAreRetriedIfRequested() throws Exception {
        assertEquals(
                4,
                run("retry(count: 2, conditions: [agent(), slurmInfrastructure()]) { slurmApptainer 'exit 4' }"),
                console::toString);
        assertFalse(console.toString(StandardCharsets.UTF_8).contains("Retrying"));
        assertEquals(4, run("retry(2) { slurmApptainer 'exit 4' }"));
        said("Retrying\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            withEnv(['A=1', "B=${1 + 1}"]) { echo "$A ${env.B} ${env.NONE}" }           | 1 2 null | 0
            withEnv(['A=1']) { slurmApptainer(env: ['A'], script: 'echo "a=$A"') }      | a=1      | 0
            env.A = 3; slurmApptainer(env: ['A'], script: 'echo "a=$A"')                | a=3      | 0
            node { dir('sub') { writeFile file: 'x/y', text: 'z'; echo readFile('x/y') }; echo "${fileExists 'sub/x/y'}" } | true | 0
            catchError(buildResult: 'UNSTABLE') { error 'no' }; echo "is ${currentBuild.currentResult}" | is UNSTABLE | 1
            catchError { slurmApptainer 'exit 3' }; echo 'on'                           | on       | 1
            unstable 'hm'; echo 'on'                                                    | on       | 1
            try { error 'no' } catch (e) { echo "told: ${e.message}" }                  | told: no | 0
            sleep 1; sleep(time: 1, unit: 'MILLISECONDS'); echo 'slept'                 | slept    | 0
            stage('One') { echo "in ${env.STAGE_NAME}" }                                | in One   | 0
            """)
    void stepsAroundTheStepWork(String script, String words, int status) throws Exception {
        assertEquals(status, run(script), console::toString);
        said("\n" + words + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sh 'make'                           | ERROR: No such step 'sh' without Jenkins, which has agent,
            archiveArtifacts artifacts: 'x'     | ERROR: No such step 'archiveArtifacts' without Jenkins
            pipeline { agent any }              | ERROR: A declarative Pipeline needs Jenkins
            timeout(time: 1, aktivity: true) {} | ERROR: timeout: there is no parameter 'aktivity' without Jenkins
            slurmApptainer(script: 'true', files: 'a')  | ERROR: files: there is no workspace here
            slurmApptainer(script: 'true', cpusPerTask: 'four') | ERROR: cpusPerTask: 'four' is not a whole number
            slurmApptainer(script: 'true', archive: 'yes') | ERROR: archive: 'yes' is neither true nor false
            slurmApptainer(script: ['true'])    | ERROR: script: it cannot be a list
            nowhere.x = 1                       | ERROR: groovy.lang.MissingPropertyException: No such property: nowhere
            if (                                | ERROR: startup failed
            """)
    void whatIsNotThereIsNamed(String script, String words) throws Exception {
        assertEquals(1, run(script), console::toString);
        said(words);
    }

    @Test
    void anOddImageFileDoesNotStopTheDemo() throws Exception {
        Path images = Files.createDirectories(workspace.resolve("images/compute"));
        Files.createSymbolicLink(
                images.resolve("python_3.11.sif"), Path.of(System.getenv("IMAGES_DIR"), "compute/python_3.11.sif"));
        Files.createSymbolicLink(
                images.resolve("my image.sif"), Path.of(System.getenv("IMAGES_DIR"), "compute/python_3.11.sif"));
        Files.writeString(images.resolve("broken .sif"), "no image");
        Files.createSymbolicLink(images.resolve("away.sif"), Path.of("/nowhere"));
        Path jenkinsfile = Files.writeString(
                workspace.resolve("Jenkinsfile"),
                "for (name in ['python_3.11', 'my image', 'my-image']) { slurmApptainer(image: name, script: 'echo \"in $0\"') }");
        PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
        try (DemoCluster cluster = new DemoCluster(workspace, images.getParent(), out)) {
            assertEquals(0, Demo.run(jenkinsfile.toFile(), cluster, out), console::toString);
        }
        said("Not in the catalog: " + images.resolve("away.sif") + " is a link that leads nowhere");
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
    void featuresThatNeedJenkinsAreNamed(String option, String words) throws Exception {
        String script = option.startsWith("scriptFile") ? "" : "script: 'echo ran', ";
        String image = option.startsWith("binds") ? "image: 'python_3.11', " : "";
        assertEquals(1, run("node { slurmApptainer(" + script + image + option + ") }"));
        said("ERROR: " + words);
        assertFalse(console.toString(StandardCharsets.UTF_8).contains("Submitted"));
    }
}
