package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The button of the step's form that shows the batch script. */
@SharedJenkins
class PreviewJenkinsTest {
    private JenkinsRule j;
    private FreeStyleProject project;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        j = rule;
        project = j.createFreeStyleProject("nightly");
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "slurm", "/shared/jenkins")));
        ImageCatalog.get().setImages(List.of(new CatalogImage("python_3.11", "/images/compute/python_3.11.sif")));
    }

    private SlurmApptainerStep step() {
        SlurmApptainerStep step = new SlurmApptainerStep("cat \"$INPUT\" <<< '<b>'");
        step.setImage("python");
        step.setFiles("DATA_INPUT=my data.csv, conf/**");
        step.setEnv(List.of("BUILD_TAG", "MODE=fast"));
        step.setMemory("${MEM}G");
        step.setExclusive(true);
        return step;
    }

    private void saved(SlurmApptainerStep step) throws Exception {
        project.getBuildersList().replaceBy(List.of(new SlurmApptainerBuilder(step)));
    }

    /** Presses the button as people do, and waits for what it shows. */
    private String pressed(HtmlPage page) throws Exception {
        HtmlButton button = page.getForms().stream()
                .flatMap(form -> form.getByXPath(".//button[normalize-space()='Preview']").stream())
                .map(HtmlButton.class::cast)
                .findFirst()
                .orElseThrow();
        HtmlPage after = button.click();
        page.getWebClient().waitForBackgroundJavaScript(20_000);
        return after.querySelectorAll(".jenkins-validate-button__container__status").stream()
                .map(node -> ((DomElement) node).getTextContent())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    @Test
    void buildStepShowsItsScriptWithTheParametersDefaults() throws Exception {
        project.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("MEM", "4"), new PasswordParameterDefinition("KEY", "hunter2", "")));
        saved(step());
        String shown = pressed(j.createWebClient().getPage(project, "configure"));
        assertThat(shown, containsString("#SBATCH --mem=4G\n"));
        assertThat(shown, containsString("#SBATCH --exclusive\n"));
        assertThat(shown, containsString("cat \"$INPUT\" <<< '<b>'\n"));
        assertThat(shown, containsString("/images/compute/python_3.11.sif"));
        assertThat(shown, containsString("files/my data.csv'"));
        assertThat(shown, containsString("BUILD_TAG MODE"));
        assertThat(shown, not(containsString("fast")));
    }

    @Test
    void aScriptFileOfTheWorkspaceIsNamed() throws Exception {
        SlurmApptainerStep step = new SlurmApptainerStep("");
        step.setScriptFile("tools/run.py");
        step.setWorkingDirectory("workspace");
        step.setBegin("tomorrow");
        saved(step);
        String shown = pressed(j.createWebClient().getPage(project, "configure"));
        assertThat(shown, containsString("#SBATCH --begin=tomorrow\n"));
        assertThat(
                shown, containsString("# Here follows what is in tools/run.py, whose #SBATCH lines count as well\n"));
    }

    @Test
    void theSnippetGeneratorShowsTheScriptOfWhatIsFilledIn() throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "generated");
        HtmlPage page = j.createWebClient().getPage(job, "pipeline-syntax");
        HtmlSelect steps = page.getByXPath("//select[option[starts-with(normalize-space(),'slurmApptainer')]]").stream()
                .map(HtmlSelect.class::cast)
                .findFirst()
                .orElseThrow();
        HtmlOption ours = steps.getOptions().stream()
                .filter(option -> option.getText().startsWith("slurmApptainer"))
                .findFirst()
                .orElseThrow();
        page = steps.setSelectedAttribute(ours, true);
        page.getWebClient().waitForBackgroundJavaScript(20_000);
        HtmlForm form = page.getForms().stream()
                .filter(candidate ->
                        !candidate.getByXPath(".//textarea[@name='_.script']").isEmpty())
                .findFirst()
                .orElseThrow();
        form.getTextAreaByName("_.script").setText("echo 'from the generator'");
        form.getInputByName("_.memory").setValue("3G");
        String shown = pressed(page);
        assertThat(shown, containsString("#SBATCH --mem=3G\n"));
        assertThat(shown, containsString("echo 'from the generator'\n"));
        assertThat(shown, containsString("#SBATCH --job-name=generated"));
    }

    @Test
    void aPasswordIsNotShown() throws Exception {
        project.addProperty(new ParametersDefinitionProperty(new PasswordParameterDefinition("KEY", "hunter2", "")));
        SlurmApptainerStep step = new SlurmApptainerStep("hostname");
        step.setJobName("$KEY");
        saved(step);
        assertThat(pressed(j.createWebClient().getPage(project, "configure")), not(containsString("hunter2")));
    }

    @Test
    void mistakesAreShownInThePreview() throws Exception {
        SlurmApptainerStep step = step();
        step.setMemory("much");
        saved(step);
        assertThat(pressed(j.createWebClient().getPage(project, "configure")), containsString("memory: 'much'"));
    }

    @Test
    void usersWhoMayNotConfigureGetNoPreview() throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        JenkinsRule.WebClient client = j.createWebClient().login("reader").withThrowExceptionOnFailingStatusCode(false);
        String path = project.getUrl() + "descriptorByName/" + SlurmApptainerStep.class.getName() + "/preview";
        WebRequest request = new WebRequest(new URL(j.getURL(), path), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("script", "hostname")));
        client.addCrumb(request);
        String answer = client.getPage(request).getWebResponse().getContentAsString();
        assertThat(answer, containsString("may not configure"));
        assertThat(answer, not(containsString("SBATCH")));
    }
}
