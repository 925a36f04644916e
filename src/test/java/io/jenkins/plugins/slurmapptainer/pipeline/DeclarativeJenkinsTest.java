package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SampleJob;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.TextSearch;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The step in declarative Pipelines, with jobs of a real cluster; {@link DeclarativeOutcomesJenkinsTest}: how they end. */
@Tag("cluster")
@SharedJenkins
class DeclarativeJenkinsTest {
    private static final String SECRET = "hunter2hunter2hunter2";

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    /** A Pipeline of one stage. */
    private static String pipeline(String agent, String steps) {
        return "pipeline { agent " + agent + "\n stages { stage('One') { steps {\n" + steps + "\n} } } }";
    }

    @Test
    void theDocumentedExampleRuns() throws Exception {
        Matcher example = Pattern.compile("```groovy\\n(pipeline \\{.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/pipeline.md")));
        assertTrue(example.find());
        WorkflowJob job = jenkins.job(example.group(1));
        new SampleJob(new File("")).files(j.jenkins.getNode(ClusterAgent.NAME), job);
        WorkflowRun run = j.buildAndAssertSuccess(job);
        for (String line : List.of("Processed 3 rows, the values sum up to 42", "1", "100", "10000")) {
            j.assertLogContains("\n" + line + "\n", run);
        }
        assertThat(JenkinsRule.getLog(run), matchesPattern("(?s).*\\njob \\d+ COMPLETED on n[12]\\n.*"));
        assertEquals(5, ClusterJenkins.jobs(run).size());
    }

    @Test
    void holdsNoExecutorWithoutAnAgent() throws Exception {
        WorkflowRun run = jenkins.start(pipeline(
                "none",
                "slurmApptainer(image: 'python_3.11', script: '" + ClusterJenkins.WAIT_FOR_RELEASE
                        + "; python3 --version')"));
        j.waitForMessage("is running on", run);
        assertEquals(0, jenkins.busy());
        ClusterJenkins.release(ClusterJenkins.jobs(run).get(0));
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("Python 3.11.", run);
    }

    @Test
    void takesFilesOfTheAgentsWorkspaceAndBringsOutputsBack() throws Exception {
        WorkflowRun run = jenkins.run(Result.SUCCESS, pipeline("{ label 'slurm' }", """
                        writeFile file: 'data.csv', text: '42'
                        script {
                            def job = slurmApptainer(
                                image: 'python_3.11',
                                files: 'DATA_INPUT=data.csv',
                                outputs: '*.txt', archive: true,
                                script: 'cat "$INPUT" > sum.txt')
                            echo "$job.state, exit code $job.exitCode"
                        }
                        echo "the sum is ${readFile 'sum.txt'}"
                        """));
        j.assertLogContains("COMPLETED, exit code 0", run);
        j.assertLogContains("the sum is 42", run);
        assertEquals("sum.txt", run.getArtifacts().get(0).relativePath);
    }

    @Test
    void takesVariablesAndSecretsOfItsBlocks() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "api", null, Secret.fromString(SECRET)));
        String log = jenkins.log(Result.SUCCESS, """
                pipeline {
                    agent none
                    environment {
                        MODE = 'a b'
                        TOKEN = credentials('api')
                    }
                    stages {
                        stage('One') {
                            environment { MODE = "${MODE} c" }
                            steps {
                                withCredentials([string(credentialsId: 'api', variable: 'API_TOKEN')]) {
                                    slurmApptainer(
                                        env: ['MODE', 'TOKEN', 'API_TOKEN', 'STAGE_NAME', "NOW=${MODE}!"],
                                        script: '''
                                            echo "$MODE|${#TOKEN}|${#API_TOKEN}|$STAGE_NAME|$NOW"
                                            echo "the token is $TOKEN."''')
                                }
                            }
                        }
                    }
                }
                """);
        int length = SECRET.length();
        assertThat(log, containsString("a b c|" + length + "|" + length + "|One|a b c!\n"));
        assertThat(log, containsString("the token is ****.\n"));
        assertThat(log, not(containsString("hunter2")));
        assertEquals(List.of(), TextSearch.filesWith(j.jenkins.getRootDir().toPath(), SECRET));
    }

    /** Declarative itself looks at names and at the types of literals, before anything runs. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            script: 'true', memroy: '1G'     | Invalid parameter "memroy", did you mean "memory"?
            script: 'true', gpus: 1          | Expecting "class java.lang.String" for parameter "gpus" but got "1"
            script: 'true', time: 30         | Expecting "class java.lang.String" for parameter "time" but got "30"
            script: 'true', env: 'BUILD_TAG' | Expecting "interface java.util.List" for parameter "env" but got "BUILD_TAG"
            image: 'python_3.11'             | Missing required parameter: "script"
            """)
    void literalsOfAnotherTypeAreRefused(String arguments, String sentence) throws Exception {
        WorkflowRun run = jenkins.run(Result.FAILURE, pipeline("none", "slurmApptainer(" + arguments + ")"));
        j.assertLogContains(sentence, run);
    }

    /** In a block {@code script} and for what is no literal, the step's own rules hold. */
    @Test
    void everyFormIsAcceptedWhereDeclarativeDoesNotCheck() throws Exception {
        String log = jenkins.log(Result.SUCCESS, pipeline("none", """
                        slurmApptainer 'echo only a script'
                        slurmApptainer script: 'echo list', cpusPerTask: 1, time: '2', memory: '100M', exclusive: false,
                            env: ['BUILD_TAG', 'A=1'], options: ['--requeue', '--nice=1'], files: ''
                        slurmApptainer script: 'echo "map $MODE"', env: [MODE: 'fast'], time: "${1 + 1}"
                        script {
                            slurmApptainer script: 'echo text $BUILD_NUMBER', env: 'BUILD_NUMBER, BUILD_TAG', time: 2,
                                options: '--nice=1'
                            if (slurmApptainer(script: 'exit 3', returnStatus: true) == 3) { echo 'got three' }
                        }
                        """));
        for (String line : List.of("only a script", "list", "map fast", "text 1", "got three")) {
            assertThat(log, containsString("\n" + line + "\n"));
        }
    }

    @Test
    void failureIsOneSentence() throws Exception {
        String log = jenkins.log(Result.FAILURE, pipeline("none", "slurmApptainer 'exit 7'"));
        assertThat(log, containsString("failed with exit code 7\n"));
        assertThat(log, not(containsString("\tat ")));
    }

    @Test
    void eachCellOfAMatrixHasItsJob() throws Exception {
        WorkflowRun run = jenkins.run(Result.SUCCESS, """
                pipeline {
                    agent none
                    stages {
                        stage('Cells') {
                            matrix {
                                axes {
                                    axis { name 'IMAGE'; values 'python_3.11', 'python_3.11.sif' }
                                    axis { name 'SIZE'; values '1', '2', '3' }
                                }
                                excludes { exclude {
                                    axis { name 'IMAGE'; values 'python_3.11.sif' }
                                    axis { name 'SIZE'; values '3' }
                                } }
                                stages { stage('Cell') { steps {
                                    slurmApptainer(
                                        image: "${IMAGE}", jobName: "size-${SIZE}", env: ['IMAGE', 'SIZE'],
                                        script: 'echo "cell $IMAGE $SIZE"')
                                } } }
                            }
                        }
                    }
                }
                """);
        String log = JenkinsRule.getLog(run);
        for (String cell : List.of("11 1", "11 2", "11 3", "11.sif 1", "11.sif 2")) {
            assertThat(log, containsString("cell python_3." + cell + "\n"));
        }
        assertEquals(5, ClusterJenkins.jobs(run).size());
    }

    @Test
    void filesNeedAStageWithAnAgent() throws Exception {
        WorkflowRun run = jenkins.run(Result.SUCCESS, """
                pipeline {
                    agent none
                    stages {
                        stage('Prepare') {
                            agent { label 'slurm' }
                            steps {
                                writeFile file: 'a.txt', text: 'attached'
                                slurmApptainer(files: 'a.txt', script: 'cat a.txt; echo')
                            }
                        }
                        stage('Compute') { steps { slurmApptainer('echo computed') } }
                        stage('Files') { steps { catchError(buildResult: 'SUCCESS') {
                            slurmApptainer(files: 'a.txt', script: 'cat a.txt') } } }
                    }
                }
                """);
        j.assertLogContains("\nattached\n", run);
        j.assertLogContains("\ncomputed\n", run);
        j.assertLogContains("files: there is no workspace here", run);
    }
}
