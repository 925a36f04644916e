package io.jenkins.plugins.slurmapptainer.declarative;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.config.JobTemplate;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.TemplateOption;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.DocPage;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code agent { slurm { … } }} in declarative Pipelines, with the real cluster. */
@Tag("cluster")
@SharedJenkins
class SlurmAgentJenkinsTest {
    private static final String PLACE =
            "sh '[ -e /.singularity.d ] && echo in the image || echo on the host; echo \"as $SLURM_JOB_ID\"'\n";

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    private String workspace() {
        return "customWorkspace '" + jenkins.cluster().shared() + "/workspaces/" + System.nanoTime() + "'\n";
    }

    @Test
    void allStagesRunInOneAllocation() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                "pipeline {\n agent { slurm { image 'python_3.11'; label 'slurm'; cpusPerTask 2; time '00:10:00'\n"
                        + workspace() + "} }\n environment { GREETING = 'hello' }\n stages {\n"
                        + "stage('One') { steps { sh 'echo \"$GREETING from one\" >file' } }\n"
                        + "stage('Two') { parallel {\n"
                        + "  stage('A') { steps { sh 'cat file; nproc' } }\n"
                        + "  stage('B') { steps {\n" + PLACE + "} } } } }\n"
                        + "post { always { sh 'echo \"post in $SLURM_JOB_ID\"'; archiveArtifacts 'file' } } }");
        String log = JenkinsRule.getLog(run);
        String id = ClusterJenkins.jobs(run).get(0).jobId();
        assertThat(log, containsString("hello from one\n"));
        assertThat(log, containsString("in the image\n"));
        assertThat(log, containsString("as " + id + "\n"));
        assertThat(log, containsString("post in " + id + "\n"));
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run), log);
        assertEquals(1, run.getArtifacts().size());
    }

    @Test
    void aStageMayHaveItsOwnAllocationOnTheAgentOfThePipeline() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                "pipeline {\n agent { node { label 'slurm'\n" + workspace() + "} }\n stages {\n"
                        + "stage('One') { steps { writeFile file: 'a', text: 'of one'\n" + PLACE + "} }\n"
                        + "stage('Two') { agent { slurm { image 'python_3.11'; reuseNode true } }\n steps { sh 'cat a'\n"
                        + PLACE + "} }\n"
                        + "} }");
        String log = JenkinsRule.getLog(run);
        assertThat(log, matchesPattern("(?s).*\\non the host\\n.*of one.*\\nin the image\\n.*"));
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run), log);
    }

    @Test
    void theExampleOfThePageRuns() throws Exception {
        String example = new DocPage("allocations")
                .blocks("groovy").stream()
                        .filter(block -> block.contains("pipeline {"))
                        .findFirst()
                        .orElseThrow();
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                example.replace("image 'python_3.11'", "image 'python_3.11'\n" + workspace())
                        .replace(
                                "steps {",
                                "steps {\nwriteFile file: 'test_it.py', text: '''import unittest\n"
                                        + "class It(unittest.TestCase):\n  def test_it(self):\n    pass\n'''\n"));
        assertEquals(List.of(Outcome.Kind.SUCCESS), ClusterJenkins.outcomes(run), JenkinsRule.getLog(run));
    }

    @Test
    void theStagesRunAgainInANewJobAfterAFailureThatIsNotTheirs() throws Exception {
        // The container program is not there at first.
        String program = jenkins.cluster().shared() + "/apptainer-" + System.nanoTime();
        SlurmCluster configured = SlurmGlobalConfiguration.get().getClusters().get(0);
        configured.setApptainer(program);
        WorkflowRun run = jenkins.start("pipeline {\n agent { slurm { image 'python_3.11'; label 'slurm'; retries 3\n"
                + workspace() + "} }\n stages { stage('One') { steps {\n" + PLACE + "} } } }");
        j.waitForMessage("Retrying", run);
        jenkins.cluster().command("sh", "-c", "ln -s $(command -v apptainer) " + program);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("in the image", run);
        jenkins.cluster().command("rm", "-f", program);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cpusPerTsk 2        | Invalid config option "cpusPerTsk" for agent type "slurm"
            cpusPerTask 'four'  | cpusPerTask: 'four' is not a whole number
            memory 'much'       | memory: 'much' is not a size
            image 'none'        | there is no image 'none'
            cluster 'other'     | there is no cluster 'other'
            """)
    void whatCannotBeIsRefusedBeforeAnythingIsSubmitted(String line, String sentence) throws Exception {
        WorkflowRun run = jenkins.run(
                Result.FAILURE,
                "pipeline {\n agent { slurm { label 'slurm'\n" + line + "\n" + workspace()
                        + "} }\n stages { stage('One') { steps { echo 'never ran' } } } }");
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString(sentence));
        assertThat(log, not(containsString("never ran\n")));
        SlurmJobsAction action = run.getAction(SlurmJobsAction.class);
        assertTrue(action == null
                || action.getJobs().stream().allMatch(job -> job.jobId().isEmpty()));
    }

    /** The cluster may be that of a template, as for the step. */
    @Test
    void withoutALabelTheStagesRunOnAHeadNodeOfTheCluster() throws Exception {
        List<SlurmCluster> clusters =
                new ArrayList<>(SlurmGlobalConfiguration.get().getClusters());
        clusters.add(new SlurmCluster("other", "no-such-label", "/no/such/directory"));
        SlurmGlobalConfiguration.get().setClusters(clusters);
        JobTemplate template = new JobTemplate("main-one");
        TemplateOption option = new TemplateOption("cluster");
        option.setValue("main");
        template.setOptions(List.of(option));
        SlurmGlobalConfiguration.get().setTemplates(List.of(template));
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                "pipeline {\n agent { slurm { image 'python_3.11'; template 'main-one'\n" + workspace()
                        + "} }\n stages { stage('One') { steps {\n" + PLACE + "} } } }");
        j.assertLogContains("in the image", run);
        String log = jenkins.log(
                Result.FAILURE,
                "pipeline {\n agent { slurm { image 'python_3.11'\n" + workspace()
                        + "} }\n stages { stage('One') { steps { echo 'never ran' } } } }");
        assertThat(log, containsString("cluster: "));
        assertThat(log, not(containsString("never ran\n")));
    }

    @Test
    void aValueWithoutANameIsRefused() throws Exception {
        String log = jenkins.log(
                Result.FAILURE,
                "pipeline {\n agent { slurm 'python_3.11' }\n stages { stage('One') { steps { echo 'never ran' } } } }");
        assertThat(log, containsString("write the options of the agent with their names"));
        assertThat(log, not(containsString("never ran\n")));
    }

    /** The part {@code post} belongs to the agent, whose job is over by then. */
    @Test
    void theEndOfTheJobFailsTheStageForItsCause() throws Exception {
        WorkflowRun run =
                jenkins.start("pipeline {\n agent { slurm { image 'python_3.11'; label 'slurm'\n" + workspace()
                        + "} }\n stages { stage('One') { steps { sh 'echo begun; sleep 600' } } }\n"
                        + "post { failure { echo 'told of the failure' } } }");
        j.waitForMessage("begun\n", run);
        jenkins.cluster().command("scancel", ClusterJenkins.jobs(run).get(0).jobId());
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("was cancelled"));
        assertThat(log, containsString("told of the failure\n"));
    }

    @Test
    void oneAgentInAnotherIsRefused() throws Exception {
        String log = jenkins.log(
                Result.FAILURE,
                "pipeline {\n agent { slurm { image 'python_3.11'; label 'slurm'\n" + workspace() + "} }\n"
                        + "stages { stage('One') { agent { slurm { image 'python_3.11'; reuseNode true } }\n"
                        + "steps { sh 'echo never ran' } } } }");
        assertThat(log, containsString("cannot be in another"));
        assertThat(log, not(containsString("\nnever ran\n")));
    }

    /** Numbers may be written where Slurm takes text, as for the steps. */
    @Test
    void numbersMayStandForText() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                "pipeline {\n agent { slurm { image 'python_3.11'; label 'slurm'; cpusPerTask '2'; jobName 4711\n"
                        + "options(['--nice=10'])\n" + workspace()
                        + "} }\n stages { stage('One') { steps { sh 'echo \"$SLURM_JOB_NAME has $(nproc)\"' } } } }");
        j.assertLogContains("4711 has 2", run);
    }

    @Test
    void theGeneratorOfDirectivesWritesWhatIsFilledIn() throws Exception {
        JSONObject agent = new JSONObject()
                .element("stapler-class", SlurmAgent.class.getName())
                .element("$class", SlurmAgent.class.getName())
                .element("image", "gcc_13")
                .element("label", "slurm")
                .element("cpusPerTask", "16")
                .element("memory", "")
                .element("retries", "1");
        JSONObject directive = new JSONObject()
                .element("stapler-class", "org.jenkinsci.plugins.pipeline.modeldefinition.generator.AgentDirective")
                .element("$class", "org.jenkinsci.plugins.pipeline.modeldefinition.generator.AgentDirective")
                .element("agent", agent);
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            WebRequest request =
                    new WebRequest(browser.createCrumbedUrl("directive-generator/generateDirective"), HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("json", directive.toString())));
            String written = browser.getPage(request).getWebResponse().getContentAsString();
            assertEquals("""
                    agent {
                      slurm {
                        cpusPerTask 16
                        image 'gcc_13'
                        label 'slurm'
                      }
                    }
                    """, written);
        }
    }
}
