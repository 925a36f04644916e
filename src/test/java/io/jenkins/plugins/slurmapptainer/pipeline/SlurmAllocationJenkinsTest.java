package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.scm.NullSCM;
import hudson.scm.SCMDescriptor;
import hudson.scm.SCMRevisionState;
import hudson.tasks.junit.TestResultAction;
import hudson.util.Secret;
import io.jenkins.plugins.slurmapptainer.config.ClusterLimits;
import io.jenkins.plugins.slurmapptainer.config.JobTemplate;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.TemplateOption;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.DocPage;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** Steps of a Pipeline in an allocation, with the real cluster. */
@Tag("cluster")
@SharedJenkins
class SlurmAllocationJenkinsTest {
    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    private String inWorkspace(String steps) {
        return "node('slurm') { ws('" + jenkins.cluster().shared() + "/workspaces/" + System.nanoTime() + "') {\n"
                + steps + "\n} }";
    }

    private static final String PLACE = "[ -e /.singularity.d ] && echo in the image || echo on the host";

    @Test
    void stepsRunInTheImageAndTheAllocationIsFreedAtTheEnd() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                inWorkspace("writeFile file: 'before.txt', text: 'from before'\n"
                        + "def value = slurmAllocation(image: 'python_3.11', cpusPerTask: 2, time: '00:10:00') {\n"
                        + "  sh 'cat before.txt; nproc >cpus; " + PLACE + "'\n"
                        + "  echo \"job ${sh(returnStdout: true, script: 'echo $SLURM_JOB_ID').trim()},"
                        + " status ${sh(returnStatus: true, script: 'exit 7')}\"\n"
                        + "  withEnv(['GREETING=it is $5', 'PATH+MINE=/my/bin']) { sh 'echo \"$GREETING, $PATH\"' }\n"
                        + "  dir('sub') { writeFile file: 'a', text: 'in sub'; sh 'pwd; cat a' }\n"
                        + "  parallel one: { sh 'echo one >1' }, two: { sh 'echo two >2' }\n"
                        + "  readFile('cpus').trim()\n"
                        + "}\n"
                        + "sh 'cat 1 2; " + PLACE + "'\n"
                        + "echo \"value $value\""));
        String log = JenkinsRule.getLog(run);
        String id = ClusterJenkins.jobs(run).get(0).jobId();
        assertThat(log, containsString("from before"));
        assertThat(log, containsString("job " + id + ", status 7"));
        assertThat(log, matchesPattern("(?s).*it is \\$5, /my/bin:/usr.*"));
        assertThat(log, containsString("/sub\n"));
        assertThat(log, matchesPattern("(?s).*\\nin the image\\n.*\\none\\ntwo\\n.*\\non the host\\n.*"));
        assertThat(log, containsString("value 2"));
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run), log);
    }

    @Test
    void aCommandThatFailsFailsTheBlock() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.FAILURE, inWorkspace("slurmAllocation(image: 'python_3.11') { sh 'echo begun; exit 3' }"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("script returned exit code 3"));
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run), log);
    }

    @Test
    void anAbortFreesTheAllocation() throws Exception {
        WorkflowRun run =
                jenkins.start(inWorkspace("slurmAllocation(image: 'python_3.11') { sh 'echo begun; sleep 600' }"));
        j.waitForMessage("begun\n", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run), JenkinsRule.getLog(run));
    }

    @Test
    void aTimeoutOfOneCommandLeavesTheAllocation() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                inWorkspace("slurmAllocation(image: 'python_3.11') {\n"
                        + "  sh 'true'\n"
                        + "  try { timeout(time: 5, unit: 'SECONDS') { sh 'sleep 600' } } catch (e) { echo \"timed out: $e\" }\n"
                        + "  sh 'echo goes on'\n"
                        + "}"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("timed out: "));
        assertThat(log, containsString("\ngoes on\n"));
    }

    @Test
    void theEndOfTheJobEndsTheBlockForItsCause() throws Exception {
        WorkflowRun run = jenkins.start(inWorkspace(
                "catchError { slurmAllocation(image: 'python_3.11') { sh 'echo begun; sleep 600'; echo 'never' } }"));
        j.waitForMessage("begun\n", run);
        jenkins.cluster().command("scancel", ClusterJenkins.jobs(run).get(0).jobId());
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("was cancelled"));
        assertThat(log, not(containsString("never\n")));
        assertEquals(List.of(Outcome.Kind.CANCELLED), ClusterJenkins.outcomes(run), log);
    }

    @Test
    void secretsReachTheCommandAndNobodyElse() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("s3cr3t'x")));
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                inWorkspace("slurmAllocation(image: 'python_3.11') {\n"
                        + "  withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {\n"
                        + "    sh 'echo \"it is $TOKEN, ${#TOKEN} long\"; cat /proc/[0-9]*/cmdline 2>/dev/null | tr \"\\\\0\" \" \" >lines'\n"
                        + "  }\n"
                        + "  sh 'env'\n"
                        + "  echo \"found: ${readFile('lines').contains('s3cr3t')}\"\n"
                        + "}"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("it is ****, 8 long"));
        assertThat(log, not(containsString("s3cr3t")));
        assertThat(log, containsString("found: false"));
        assertThat(log, not(containsString("TOKEN=****")));
    }

    @Test
    void theExampleOfThePageRuns() throws Exception {
        String example = new DocPage("allocations").blocks("groovy").get(0).strip();
        String steps = example.substring(example.indexOf('\n') + 1, example.lastIndexOf('}'))
                .replace(
                        "checkout scm",
                        "writeFile file: 'test_it.py', text: \'\'\'import unittest\nclass It(unittest.TestCase):\n"
                                + "  def test_something(self):\n    self.assertEqual(2, 1 + 1)\n\'\'\'");
        WorkflowRun run = jenkins.run(Result.SUCCESS, inWorkspace(steps));
        assertEquals(
                List.of("tests.txt"),
                run.getArtifacts().stream()
                        .map(artifact -> artifact.relativePath)
                        .toList());
    }

    @Test
    void aValueThatCannotBeSavedDoesNotEndTheBuild() throws Exception {
        String log = jenkins.log(
                Result.SUCCESS,
                inWorkspace("slurmAllocation(image: 'python_3.11') { sh 'true'; 'a' =~ /a/ }\necho 'went on'"));
        assertThat(log, containsString("\nwent on\n"));
    }

    @Test
    void oneBlockInAnotherIsRefused() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.FAILURE,
                inWorkspace("slurmAllocation(image: 'python_3.11') { slurmAllocation { sh 'echo never' } }"));
        assertThat(JenkinsRule.getLog(run), containsString("cannot be in another"));
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run));
    }

    @Test
    void aJobInTheBlockIsOneOfItsOwn() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                inWorkspace("slurmAllocation(image: 'python_3.11') { slurmApptainer 'true'; sh 'echo still here' }"));
        assertEquals(
                List.of(Outcome.Kind.SUCCESS, Outcome.Kind.SUCCESS),
                ClusterJenkins.outcomes(run),
                JenkinsRule.getLog(run));
    }

    @Test
    void aWorkspaceThatTheNodesDoNotSeeIsRefused() throws Exception {
        String log = jenkins.log(
                Result.FAILURE, "node('slurm') { slurmAllocation(image: 'python_3.11') { sh 'echo never' } }");
        assertThat(log, containsString("is not below the cluster's shared directory"));
        assertThat(log, not(containsString("\nnever\n")));
    }

    @Test
    void stepsThatKeepFilesWorkInTheBlock() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                inWorkspace("writeFile file: 'a.txt', text: 'kept'; stash 'files'; sh 'rm a.txt'\n"
                        + "slurmAllocation(image: 'python_3.11') {\n"
                        + "  unstash 'files'\n"
                        + "  sh \"cat a.txt; echo '<testsuite><testcase classname=\\\"c\\\" name=\\\"t\\\"/></testsuite>' >r.xml\"\n"
                        + "  junit 'r.xml'\n"
                        + "  archiveArtifacts 'r.xml'\n"
                        + "}"));
        j.assertLogContains("kept", run);
        assertEquals(1, run.getAction(TestResultAction.class).getTotalCount());
        assertEquals(1, run.getArtifacts().size());
    }

    /** What plugins other than {@code sh} start: their output and their exit code come back. */
    @Test
    void aCheckoutInTheBlockRunsInTheImage() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                inWorkspace(
                        "slurmAllocation(image: 'python_3.11') { checkout([$class: 'CommandScm']); sh 'cat found' }"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("\ncode 7, in the image\n"));
        assertThat(log, containsString("\nby the checkout\n"));
    }

    /** Stands for a plugin that starts a command on the agent. */
    public static final class CommandScm extends NullSCM {
        @DataBoundConstructor
        public CommandScm() {}

        @Override
        public void checkout(
                Run<?, ?> build,
                Launcher launcher,
                FilePath workspace,
                TaskListener listener,
                File changelog,
                SCMRevisionState baseline)
                throws IOException, InterruptedException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int code = launcher.launch()
                    .cmds("sh", "-c", "echo by the checkout >found; " + PLACE + "; exit 7")
                    .pwd(workspace)
                    .stdout(out)
                    .join();
            listener.getLogger().print("code " + code + ", " + out.toString(StandardCharsets.UTF_8));
        }

        @TestExtension
        public static final class DescriptorImpl extends SCMDescriptor<CommandScm> {
            public DescriptorImpl() {
                super(CommandScm.class, null);
            }
        }
    }

    @Test
    void theTimeLimitFailsTheRunningCommandWithItsCause() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.FAILURE,
                inWorkspace("slurmAllocation(image: 'python_3.11', time: '1') { sh 'sleep 600'; echo 'never' }"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("reached its time limit"));
        assertThat(log, not(containsString("never\n")));
        assertEquals(List.of(Outcome.Kind.TIME_LIMIT), ClusterJenkins.outcomes(run), log);
    }

    @Test
    void theOptionsOfTheJobHoldForItsCommands() throws Exception {
        String mounted = jenkins.cluster()
                .command("sh", "-c", "d=$(mktemp -d /var/tmp/mounted.XXXXXX) && echo of the mount >$d/file && echo $d")
                .strip();
        SlurmGlobalConfiguration.get().getClusters().get(0).setAllowedBinds(mounted);
        JobTemplate template = new JobTemplate("block");
        template.setOptions(List.of(option("cpusPerTask", "2"), option("memory", "200M")));
        SlurmGlobalConfiguration.get().setTemplates(List.of(template));
        String log = jenkins.log(
                Result.SUCCESS,
                inWorkspace("slurmAllocation(image: 'python_3.11', template: 'block', binds: ['"
                        + mounted + ":/data:ro'], containall: true) {\n"
                        + "  sh 'cat /data/file; touch /data/other 2>&1 || nproc; echo \"$SLURM_MEM_PER_NODE MB\"'\n"
                        + "}"));
        assertThat(log, containsString("\nof the mount\n"));
        assertThat(log, containsString("Read-only file system"));
        assertThat(log, containsString("\n2\n"));
        assertThat(log, containsString("\n200 MB\n"));
    }

    private static TemplateOption option(String name, String value) {
        TemplateOption option = new TemplateOption(name);
        option.setValue(value);
        return option;
    }

    /** The same fences as for a job with a script. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            image: 'python_3.11', binds: ['/etc:/data'] | binds
            memory: '4G'                                | memory
            image: 'none'                               | there is no image 'none'
            image: '/tmp/x.sif'                         | paths are not allowed here
            options: ['--wrap=true']                    | --wrap
            options: ['--requeue']                      | cannot be requeued
            """)
    void whatIsNotAllowedIsRefused(String option, String sentence) throws Exception {
        SlurmCluster cluster = SlurmGlobalConfiguration.get().getClusters().get(0);
        ClusterLimits limits = new ClusterLimits();
        limits.setMemory("1G");
        cluster.setLimits(limits);
        WorkflowRun run =
                jenkins.run(Result.FAILURE, inWorkspace("slurmAllocation(" + option + ") { echo 'never ran' }"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString(sentence));
        assertThat(log, not(containsString("never ran\n")));
        SlurmJobsAction action = run.getAction(SlurmJobsAction.class);
        assertTrue(action == null
                || action.getJobs().stream().allMatch(job -> job.jobId().isEmpty()));
    }

    @Test
    @Tag("disturbing")
    void aBlockThatLosesItsNodeRunsAgainOnAnother() throws Exception {
        ClusterAgent cluster = jenkins.cluster();
        assumeTrue(cluster.isOurs(), "nodes of this cluster cannot be taken down");
        WorkflowRun run = jenkins.start(inWorkspace("int attempt = 0\n"
                + "retry(count: 3, conditions: [slurmInfrastructure()]) {\n"
                + "  attempt++\n"
                + "  slurmAllocation(image: 'python_3.11') { sh attempt == 1 ? 'echo first; sleep 600' : 'echo second' }\n"
                + "}"));
        j.waitForMessage("\nfirst", run);
        String node = ClusterJenkins.jobs(run).get(0).nodes();
        try {
            cluster.administratorCommand("scontrol", "update", "nodename=" + node, "state=down", "reason=test");
            String log = JenkinsRule.getLog(j.assertBuildStatusSuccess(j.waitForCompletion(run)));
            assertThat(log, matchesPattern("(?s).*Job \\d+ lost its node .*\nRetrying\n.*second\n.*"));
            assertEquals(2, ClusterJenkins.jobs(run).size());
        } finally {
            cluster.administratorCommand("scontrol", "update", "nodename=" + node, "state=resume");
        }
    }
}
