package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.DefaultOption;
import io.jenkins.plugins.slurmapptainer.config.JobTemplate;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.TemplateOption;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.folder.SlurmFolderProperty;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.io.File;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What Slurm has of a job whose options come from a template. */
@Tag("cluster")
@SharedJenkins
class TemplatesOnClusterJenkinsTest {
    private JenkinsRule j;
    private ClusterAgent cluster;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        j = rule;
        cluster = new ClusterAgent(new File("").getAbsoluteFile());
        cluster.attach(j.jenkins);
        SlurmCluster main = SlurmGlobalConfiguration.get().getClusters().get(0);
        main.setDefaults(List.of(new DefaultOption("time", "9"), new DefaultOption("memory", "60M")));
        TemplateOption time = option("time", "00:07:00");
        time.setMax("00:20:00");
        JobTemplate base = template("base", null, option("partition", "group1"), time);
        SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
        configuration.setClusters(List.of(main));
        configuration.setTemplates(List.of(base, template("small", "base", option("cpusPerTask", "2"))));
    }

    private static TemplateOption option(String name, String value) {
        TemplateOption option = new TemplateOption(name);
        option.setValue(value);
        return option;
    }

    private static JobTemplate template(String name, String parent, TemplateOption... options) {
        JobTemplate template = new JobTemplate(name);
        template.setParent(parent);
        template.setOptions(List.of(options));
        return template;
    }

    private static WorkflowJob job(WorkflowJob job, String arguments) throws Exception {
        job.setDefinition(new CpsFlowDefinition("slurmApptainer(" + arguments + ")", true));
        return job;
    }

    private String slurmJob(Run<?, ?> run) throws Exception {
        String id = run.getAction(SlurmJobsAction.class).getJobs().get(0).jobId();
        return cluster.command("scontrol", "show", "job", id);
    }

    @Test
    void theBuildWinsOverTheTemplateAndTheTemplateOverTheCluster() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(
                job(j.createProject(WorkflowJob.class), "template: 'small', script: 'echo CPUs $SLURM_CPUS_PER_TASK'"));
        assertThat(slurmJob(run), containsString("TimeLimit=00:07:00"));
        assertThat(slurmJob(run), containsString("Partition=group1"));
        assertThat(slurmJob(run), containsString("CPUs/Task=2"));
        assertThat(slurmJob(run), containsString("MinMemoryNode=60M"));
        j.assertLogContains("CPUs 2", run);
        j.assertLogContains(
                "[Slurm] Template small, extends base: sets partition group1, time 00:07:00, cpusPerTask 2", run);
        run = j.buildAndAssertSuccess(
                job(j.createProject(WorkflowJob.class), "template: 'small', time: '11', script: 'true'"));
        assertThat(slurmJob(run), containsString("TimeLimit=00:11:00"));
        j.assertLogContains("; the build itself sets time", run);
    }

    @Test
    void aJobOutOfTheTemplatesRangeIsNotSubmitted() throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE,
                job(j.createProject(WorkflowJob.class), "template: 'small', time: '21', script: 'true'"));
        j.assertLogContains("ERROR: time: '21' is more than the '00:20:00' that template small allows", run);
        assertThat(JenkinsRule.getLog(run), not(containsString("Submitted")));
    }

    @Test
    void theImagesTemplateIsTheDefault() throws Exception {
        CatalogImage image = ImageCatalog.get().getImages().get(0);
        image.setTemplate("small");
        ImageCatalog.get().setImages(List.of(image));
        WorkflowRun run = j.buildAndAssertSuccess(
                job(j.createProject(WorkflowJob.class), "image: 'python_3.11', script: 'true'"));
        assertThat(slurmJob(run), containsString("TimeLimit=00:07:00"));
        run = j.buildAndAssertSuccess(
                job(j.createProject(WorkflowJob.class), "image: 'python_3.11', template: 'base', script: 'true'"));
        assertThat(slurmJob(run), containsString("CPUs/Task=1"));
        assertEquals(2, j.jenkins.getAllItems(WorkflowJob.class).size());
    }

    @Test
    void theTemplateDecidesHowTheScriptRuns() throws Exception {
        String scratch = cluster.command("mktemp", "-d", cluster.shared() + "/scratch.XXXXXX")
                .strip();
        SlurmCluster main = SlurmGlobalConfiguration.get().getClusters().get(0);
        main.setAllowedBinds(scratch);
        TemplateOption binds = option("binds", scratch + ":/work, " + scratch + ":/in:ro");
        binds.setAllowed(scratch);
        TemplateOption interpreter = option("interpreter", "python3 -u");
        interpreter.setFixed(true);
        SlurmGlobalConfiguration.get()
                .setTemplates(List.of(template(
                        "python",
                        null,
                        option("image", "python_3.11"),
                        binds,
                        interpreter,
                        option("workingDirectory", "/work"),
                        option("containall", "true"),
                        option("writableTmpfs", "true"))));
        WorkflowRun run = j.buildAndAssertSuccess(job(
                j.createProject(WorkflowJob.class),
                "template: 'python', script: 'import os; open(\"/new\", \"w\"); open(\"made\", \"w\"); print(os.getcwd(),"
                        + " os.listdir(\"/in\"))'"));
        j.assertLogContains("/work ['made']", run);
        j.assertLogContains(
                "Template python: sets image python_3.11, binds " + scratch + ":/work, " + scratch + ":/in:ro,", run);
        run = j.buildAndAssertStatus(
                Result.FAILURE,
                job(
                        j.createProject(WorkflowJob.class),
                        "template: 'python', binds: '/etc', interpreter: 'python3 -u', script: 'pass'"));
        j.assertLogContains("ERROR: binds: '/etc' is none of " + scratch + ", which template python allows", run);
        run = j.buildAndAssertStatus(
                Result.FAILURE,
                job(j.createProject(WorkflowJob.class), "template: 'python', interpreter: 'bash', script: 'true'"));
        j.assertLogContains("ERROR: interpreter: template python fixes it to 'python3 -u'", run);
    }

    /** What only a container has is left out, and a workspace that the template asks for is found. */
    @Test
    void templatesWorkOnTheHostAndInAWorkspace() throws Exception {
        SlurmGlobalConfiguration.get()
                .setTemplates(List.of(template(
                        "here",
                        null,
                        option("nv", "true"),
                        option("binds", "/d"),
                        option("workingDirectory", "workspace"))));
        WorkflowJob project = j.createProject(WorkflowJob.class);
        project.setDefinition(new CpsFlowDefinition(
                "node('" + ClusterAgent.LABEL + "') { ws('" + cluster.shared() + "/ws-" + project.getName()
                        + "') { writeFile file: 'a', text: '';"
                        + " slurmApptainer template: 'here', script: 'pwd' } }",
                true));
        WorkflowRun run = j.buildAndAssertSuccess(project);
        j.assertLogContains("Template here: sets workingDirectory workspace\n", run);
        j.assertLogContains("\n" + cluster.shared() + "/ws-" + project.getName() + "\n", run);
    }

    @Test
    void aFolderExtendsAndABuildStepUsesIt() throws Exception {
        Folder team = j.createProject(Folder.class, "team");
        SlurmFolderProperty property = new SlurmFolderProperty();
        property.setTemplates(List.of(template("small", "small", option("time", "3"))));
        team.addProperty(property);
        SlurmApptainerStep step = new SlurmApptainerStep("true");
        step.setTemplate("$SIZE");
        FreeStyleProject project = team.createProject(FreeStyleProject.class, "nightly");
        project.addProperty(new hudson.model.ParametersDefinitionProperty(
                new hudson.model.StringParameterDefinition("SIZE", "small")));
        project.getBuildersList().add(new SlurmApptainerBuilder(step));
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        assertThat(slurmJob(build), containsString("TimeLimit=00:03:00"));
        assertThat(slurmJob(build), containsString("CPUs/Task=2"));
        j.assertLogContains("Template small, extends small, base: sets", build);
    }
}
