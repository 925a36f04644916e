package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.JobTemplate;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.TemplateOption;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Templates as a build meets them: in the form, in the console, and as errors before anything is submitted. */
@SharedJenkins
class TemplateFieldJenkinsTest {
    private JenkinsRule j;
    private SlurmApptainerStep.DescriptorImpl form;

    @BeforeEach
    void configure(JenkinsRule rule) {
        j = rule;
        form = j.jenkins.getDescriptorByType(SlurmApptainerStep.DescriptorImpl.class);
        TemplateOption time = option("time", "01:00:00");
        time.setMax("04:00:00");
        TemplateOption partition = option("partition", "gpu");
        partition.setFixed(true);
        JobTemplate gpu = template("gpu", time, partition);
        JobTemplate small = template("gpu-small", option("gpus", "1"));
        small.setParent("gpu");
        small.setDescription("One <b>GPU</b>");
        JobTemplate theirs = template("theirs", option("qos", "high"));
        theirs.setAllowedFolders("teams/physics");
        SlurmGlobalConfiguration.get()
                .setClusters(List.of(new SlurmCluster("main", "l", "/s"), new SlurmCluster("other", "l", "/s")));
        SlurmGlobalConfiguration.get()
                .setTemplates(List.of(gpu, small, theirs, template("main", option("cluster", "main"))));
        CatalogImage image = new CatalogImage("torch_2", "/i/torch_2.sif");
        image.setTemplate("gpu-small");
        CatalogImage wrong = new CatalogImage("wrong_1", "/i/wrong_1.sif");
        wrong.setTemplate("gpu-smal");
        ImageCatalog.get().setImages(List.of(image, wrong));
    }

    private static TemplateOption option(String name, String value) {
        TemplateOption option = new TemplateOption(name);
        option.setValue(value);
        return option;
    }

    private static JobTemplate template(String name, TemplateOption... options) {
        JobTemplate template = new JobTemplate(name);
        template.setOptions(List.of(options));
        return template;
    }

    /** All of these builds fail: there is no agent. */
    private String log(String arguments) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("slurmApptainer(script: 'true', files: 'a', " + arguments + ")", true));
        String log = JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, job));
        assertThat(log, not(containsString("\tat ")));
        return log;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            template: 'gpu-smal'                    | template: there is no template 'gpu-smal'; did you mean 'gpu-small'
            template: 'theirs'                      | template: jobs outside of a folder may not use template 'theirs'
            template: 'gpu-small', time: '05:00:00' | time: '05:00:00' is more than the '04:00:00' that template gpu-small allows
            template: 'gpu', partition: 'cpu'       | partition: template gpu fixes it to 'gpu'
            image: 'torch_2', cluster: 'main', partition: 'cpu' | partition: template gpu-small fixes it to 'gpu'
            image: 'wrong_1', cluster: 'main'       | template: the template of image wrong_1: there is no template 'gpu-smal'; did you mean 'gpu-small'
            template: 'main', cluster: 'othr'       | cluster: there is no cluster 'othr'
            template: 'gpu'                         | cluster: name one of the clusters: 'main', 'other'
            template: 'main'                        | files: there is no workspace here
            """)
    void mistakesEndTheBuildInOneSentence(String arguments, String sentence) throws Exception {
        assertThat(log(arguments), containsString("ERROR: " + sentence));
    }

    @Test
    void theConsoleSaysWhatComesFromTheTemplate() throws Exception {
        assertThat(
                log("template: 'gpu-small', cluster: 'main', time: '02:00:00'"),
                containsString(
                        "[Slurm] Template gpu-small, extends gpu: sets partition gpu, gpus 1; the build itself sets time"));
        assertThat(
                log("image: 'torch_2', cluster: 'main'"),
                containsString(
                        "[Slurm] Template gpu-small, of image torch_2, extends gpu: sets time 01:00:00, partition gpu, gpus 1"));
        assertThat(
                log("image: 'torch_2', template: 'main'"), containsString("[Slurm] Template main: sets cluster main"));
        assertThat(
                log("template: 'main', cluster: 'main'"),
                containsString(
                        "[Slurm] Template main: sets nothing, because the build sets everything itself: cluster\n"));
    }

    @Test
    void theFormOffersWhatTheJobMayUseAndShowsIt() throws Exception {
        FreeStyleProject project = j.createFreeStyleProject();
        ListBoxModel offered = form.doFillTemplateItems(project, "");
        assertEquals(
                List.of("", "gpu", "gpu-small", "main"),
                offered.stream().map(option -> option.value).toList());
        assertEquals(
                List.of("", "gpu", "gpu-small", "main", "$T"),
                form.doFillTemplateItems(project, "$T").stream()
                        .map(option -> option.value)
                        .toList());
        FormValidation shown = form.doCheckTemplate(project, "gpu-small");
        assertEquals(FormValidation.Kind.OK, shown.kind);
        assertEquals(
                "One &lt;b&gt;GPU&lt;/b&gt;: time 01:00:00 (at most 04:00:00) · partition gpu (fixed) · gpus 1",
                shown.getMessage());
        assertEquals(FormValidation.Kind.ERROR, form.doCheckTemplate(project, "gpu-smal").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckTemplate(project, "theirs").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckTemplate(project, "$T").kind);
    }

    @Test
    void usersWhoMayNotConfigureLearnNothing() throws Exception {
        FreeStyleProject project = j.createFreeStyleProject();
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertEquals(1, form.doFillTemplateItems(project, "").size());
            assertEquals(1, form.doFillTemplateItems(null, "").size());
            assertNull(form.doCheckTemplate(project, "gpu").getMessage());
        }
    }

    @Test
    void aChoiceSurvivesTheForm() throws Exception {
        for (String name : List.of("gpu-small", "gone", "$TEMPLATE")) {
            SlurmApptainerStep step = new SlurmApptainerStep("true");
            step.setTemplate(name);
            assertEquals(name, new StepConfigTester(j).configRoundTrip(step).getTemplate());
            FreeStyleProject project = j.createFreeStyleProject();
            project.getBuildersList().add(new SlurmApptainerBuilder(step));
            j.configRoundtrip(project);
            assertEquals(
                    name,
                    project.getBuildersList()
                            .get(SlurmApptainerBuilder.class)
                            .getJob()
                            .getTemplate());
        }
    }
}
