package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.TextSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The build's variables and its secrets on their way into a job, and where they are not. */
@Tag("cluster")
class SecretsJenkinsTest {
    /** Of letters that no quoting changes, so that it is found however it was written. */
    private static final String SECRET = "hunter2hunter2hunter2";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private ClusterAgent cluster;

    @BeforeEach
    void cluster() throws Exception {
        cluster = ClusterAgent.found();
    }

    private void prepare(JenkinsRule j) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "api", null, Secret.fromString(SECRET)));
        SystemCredentialsProvider.getInstance().save();
        cluster.configure();
    }

    private static WorkflowRun start(JenkinsRule j, String step) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "withEnv(['MODE=a b', 'NOT_ASKED_FOR=1']) {\n"
                        + "withCredentials([string(credentialsId: 'api', variable: 'API_TOKEN')]) {\n" + step + "\n}}",
                true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static void assertNowhere(JenkinsRule j) throws Exception {
        assertEquals(List.of(), TextSearch.filesWith(j.jenkins.getRootDir().toPath(), SECRET));
    }

    /** Printed whole, cut in the middle while the plugin says something, and without the end of a line. */
    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void aSecretIsInTheJobAndNowhereElse(boolean inImage) throws Throwable {
        sessions.then(j -> {
            prepare(j);
            cluster.attach(j.jenkins);
            LogRecorder logs = new LogRecorder()
                    .record("io.jenkins.plugins.slurmapptainer", Level.ALL)
                    .record("hudson.remoting", Level.ALL)
                    .capture(100_000);
            WorkflowRun run = start(
                    j,
                    "slurmApptainer(" + (inImage ? "image: 'python_3.11', " : "")
                            + "env: 'API_TOKEN, MODE, BUILD_TAG, NOW=then', script: '''\n"
                            + "echo \"env $MODE|$BUILD_TAG|$NOW|${NOT_ASKED_FOR-unset}|${JOB_NAME-unset}\"\n"
                            + "echo \"whole $API_TOKEN.\"\n"
                            + "printf 'pieces %s' \"${API_TOKEN%????????}\"\n"
                            + "while [ ! -e go ]; do sleep 0.2; done\n"
                            + "printf '%s.\\\\n' \"${API_TOKEN#?????????????}\"\n"
                            + "[ \"${#API_TOKEN}\" = " + SECRET.length() + " ] && printf 'last %s' \"$API_TOKEN\"''')");
            j.waitForMessage("whole", run);
            assertNowhere(j);
            // The plugin tells of a lost agent in the middle of the line that has half of the secret.
            j.disconnectSlave((hudson.slaves.DumbSlave) j.jenkins.getNode(ClusterAgent.NAME));
            j.waitForMessage("No answer about job", run);
            String directory = run.getAction(SlurmJobsAction.class)
                    .getJobs()
                    .get(0)
                    .directory()
                    .path();
            assertEquals(
                    List.of(),
                    TextSearch.filesWith(Path.of(directory, "batch.sh").getParent(), SECRET).stream()
                            .filter(file -> !file.endsWith("output.log"))
                            .toList());
            Files.createFile(Path.of(directory, "files", "go"));
            j.jenkins.getComputer(ClusterAgent.NAME).connect(true);
            ClusterAgent.waitOnline(j.jenkins);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            String log = JenkinsRule.getLog(run);
            assertThat(
                    log,
                    containsString("env a b|jenkins-" + run.getParent().getName() + "-1|then|unset|"
                            + run.getParent().getName() + "\n"));
            assertThat(log, containsString("whole ****.\n"));
            assertThat(log, containsString("pieces ****.\n"));
            assertThat(log, containsString("last ****"));
            assertThat(log, not(containsString("hunter2")));
            assertNowhere(j);
            assertThat(String.join("\n", logs.getMessages()), not(containsString(SECRET)));
            logs.close();
        });
    }

    /** A build that could not submit its job yet has kept no value, and takes it anew after the restart. */
    @Test
    void afterARestartValuesAreReadAgain() throws Throwable {
        sessions.then(j -> {
            prepare(j);
            WorkflowRun run =
                    start(j, "slurmApptainer(env: ['API_TOKEN'], script: 'echo ${#API_TOKEN} letters $API_TOKEN')");
            j.waitForMessage("Cannot submit now", run);
            assertNowhere(j);
        });
        sessions.then(j -> {
            assertNowhere(j);
            cluster.attach(j.jenkins);
            WorkflowRun run = j.jenkins.getAllItems(WorkflowJob.class).get(0).getLastBuild();
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains(SECRET.length() + " letters ****", run);
            assertNowhere(j);
        });
    }

    @Test
    void missingVariablesAreRefusedBeforeAnythingIsSubmitted() throws Throwable {
        sessions.then(j -> {
            prepare(j);
            WorkflowRun misspelt = start(j, "slurmApptainer(env: ['API_TOKN'], script: 'true')");
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(misspelt));
            j.assertLogContains(
                    "ERROR: env: the build has no variable 'API_TOKN'; did you mean 'API_TOKEN'?", misspelt);
            WorkflowRun value = start(j, "slurmApptainer(env: [API_TOKEN], script: 'true')");
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(value));
            j.assertLogContains("ERROR: env: element 1 is the value of 'API_TOKEN'; write its name", value);
            j.assertLogNotContains(SECRET, value);
        });
    }
}
