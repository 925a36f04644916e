package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.io.File;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** How a build has its script run on the node, in a real controller on a real cluster. */
@Tag("cluster")
@SharedJenkins
class LaunchOptionsJenkinsTest {
    private JenkinsRule j;
    private ClusterAgent cluster;
    private String scratch;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        j = rule;
        cluster = new ClusterAgent(new File("").getAbsoluteFile());
        cluster.attach(j.jenkins);
        scratch = cluster.command("mktemp", "-d", cluster.shared() + "/scratch.XXXXXX")
                .strip();
        SlurmCluster configured = new SlurmCluster("main", ClusterAgent.LABEL, cluster.shared());
        configured.setAllowedBinds(scratch);
        SlurmGlobalConfiguration.get().setClusters(List.of(configured));
    }

    private Run<?, ?> build(Result result, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return j.buildAndAssertStatus(result, job);
    }

    @Test
    void mountsAndTheWorkingDirectoryOfAStepTakeEffect() throws Exception {
        Run<?, ?> run = build(
                Result.SUCCESS,
                "slurmApptainer image: 'python_3.11', binds: ['" + scratch + "': '/work'], workingDirectory: '/work',"
                        + " containall: true, writableTmpfs: true,"
                        + " script: 'pwd; echo $SLURM_JOB_ID >made; touch /new && echo written'");
        assertThat(JenkinsRule.getLog(run), containsString("/work\nwritten\n"));
        assertThat(cluster.command("cat", scratch + "/made"), matchesPattern("[0-9]+\\n"));
    }

    @Test
    void aMountThatIsNotAllowedSubmitsNothing() throws Exception {
        Run<?, ?> run = build(Result.FAILURE, "slurmApptainer image: 'python_3.11', binds: '/etc', script: 'true'");
        assertThat(
                JenkinsRule.getLog(run),
                containsString("ERROR: binds: '/etc' cannot be mounted; cluster main lets builds mount " + scratch));
    }

    private void configure(Consumer<SlurmCluster> settings) {
        SlurmCluster configured = SlurmGlobalConfiguration.get().cluster("main");
        settings.accept(configured);
        SlurmGlobalConfiguration.get().setClusters(List.of(configured));
    }

    @Test
    void aClusterThatRequiresImagesRunsNothingWithoutOne() throws Exception {
        configure(cluster -> cluster.setImageRequired(true));
        Run<?, ?> run = build(Result.FAILURE, "slurmApptainer script: 'true'");
        assertThat(
                JenkinsRule.getLog(run),
                containsString("ERROR: image: cluster main runs scripts in images only; name one"));
    }

    /** The build says otherwise. */
    @Test
    void aClusterCanHideTheNodesFilesFromAllContainers() throws Exception {
        String left = cluster.command("mktemp", "/tmp/of-the-node.XXXXXX").strip();
        String script = "slurmApptainer image: 'python_3.11', containall: false, script: '[ -e " + left
                + " ] && echo seen || echo hidden'";
        assertThat(JenkinsRule.getLog(build(Result.SUCCESS, script)), containsString("\nseen\n"));
        configure(cluster -> cluster.setAlwaysContainall(true));
        Run<?, ?> run = build(Result.SUCCESS, script);
        assertThat(JenkinsRule.getLog(run), containsString("\nhidden\n"));
        String user = cluster.command("id", "-un").strip();
        assertThat(JenkinsRule.getLog(run), containsString(" to cluster main as user " + user + "\n"));
        assertThat(
                j.getJSON(run.getUrl() + "slurm-jobs/api/json?depth=2")
                        .getJSONObject()
                        .toString(),
                containsString("\"user\":\"" + user + "\""));
    }

    /** What the entry says would not count: its folders, its checks. */
    @Test
    void anEntrysFileIsNotUsedUnderAnotherName() throws Exception {
        ImageCatalog catalog = ImageCatalog.get();
        String path = catalog.image("python_3.11", "main", null).path();
        String link = scratch + "/other.sif";
        cluster.command("ln", "-s", path, link);
        catalog.setPolicy("any");
        try {
            Run<?, ?> run = build(Result.FAILURE, "slurmApptainer image: '" + link + "', script: 'true'");
            assertThat(
                    JenkinsRule.getLog(run),
                    containsString(
                            "the image " + link + " is the image 'python_3.11' of the catalog under another name; write"
                                    + " image: 'python_3.11'"));
            CatalogImage entry = new CatalogImage("python_3.11", path);
            entry.setFolders("another/folder");
            List<CatalogImage> before = catalog.getImages();
            catalog.setImages(List.of(entry));
            String dotted = path.replace("/compute/", "/./compute//");
            for (String name : List.of(link, dotted)) {
                Run<?, ?> restricted = build(Result.FAILURE, "slurmApptainer image: '" + name + "', script: 'true'");
                assertThat(
                        JenkinsRule.getLog(restricted),
                        containsString("ERROR: image: 'python_3.11' is for jobs in other folders"));
            }
            catalog.setImages(before);
        } finally {
            catalog.setPolicy("catalog");
        }
    }

    @Test
    void aBuildParameterCannotAddMounts() throws Exception {
        SlurmApptainerStep step = new SlurmApptainerStep("ls");
        step.setImage("python_3.11");
        step.setBinds(List.of("$SCRATCH:/work"));
        FreeStyleProject project = j.createFreeStyleProject();
        project.addProperty(new hudson.model.ParametersDefinitionProperty(
                new hudson.model.StringParameterDefinition("SCRATCH", scratch + "\n" + scratch)));
        project.getBuildersList().add(new SlurmApptainerBuilder(step));
        assertThat(
                JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, project)),
                containsString("binds: a variable in '$SCRATCH:/work' has a comma or a line break"));
    }

    @Test
    void theAccountsHomeMustBeAllowedByAnAdministrator() throws Exception {
        String step = "slurmApptainer image: 'python_3.11', home: 'account', script: 'echo home $HOME; ls -a ~'";
        assertThat(
                JenkinsRule.getLog(build(Result.FAILURE, step)),
                containsString("ERROR: home: cluster main does not let builds have the account's home directory in a"));
        SlurmCluster configured = SlurmGlobalConfiguration.get().cluster("main");
        configured.setAccountHomeAllowed(true);
        SlurmGlobalConfiguration.get().setClusters(List.of(configured));
        String file = "seen-" + System.nanoTime();
        String home =
                cluster.command("sh", "-c", "touch ~/" + file + "; echo ~").strip();
        try {
            assertThat(
                    JenkinsRule.getLog(build(Result.SUCCESS, step)),
                    allOf(containsString("home " + home + "\n"), containsString("\n" + file + "\n")));
            configured.setHome("account");
            assertThat(
                    JenkinsRule.getLog(build(Result.SUCCESS, step.replace("home: 'account', ", ""))),
                    containsString("home " + home + "\n"));
            assertThat(
                    JenkinsRule.getLog(build(Result.SUCCESS, step.replace("'account'", "'job'"))),
                    allOf(containsString("/home\n"), not(containsString(file))));
        } finally {
            cluster.command("sh", "-c", "rm ~/" + file);
        }
    }

    @Test
    void theBuildStepMountsDirectoriesToo() throws Exception {
        SlurmApptainerStep step = new SlurmApptainerStep("pwd; ls");
        step.setImage("python_3.11");
        step.setBinds(List.of("$SCRATCH:/work"));
        step.setWorkingDirectory("/work");
        cluster.command("touch", scratch + "/found");
        FreeStyleProject project = j.createFreeStyleProject();
        project.addProperty(new hudson.model.ParametersDefinitionProperty(
                new hudson.model.StringParameterDefinition("SCRATCH", scratch)));
        project.getBuildersList().add(new SlurmApptainerBuilder(step));
        assertThat(JenkinsRule.getLog(j.buildAndAssertSuccess(project)), containsString("/work\nfound\n"));
    }
}
