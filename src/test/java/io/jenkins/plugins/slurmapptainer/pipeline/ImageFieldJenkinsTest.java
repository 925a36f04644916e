package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextInput;
import org.htmlunit.javascript.host.event.KeyboardEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What the form says about an image. */
@SharedJenkins
class ImageFieldJenkinsTest {
    private JenkinsRule j;
    private FreeStyleProject project;
    private SlurmApptainerStep.DescriptorImpl descriptor;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        j = rule;
        project = j.createFreeStyleProject("nightly");
        descriptor = j.jenkins.getDescriptorByType(SlurmApptainerStep.DescriptorImpl.class);
        CatalogImage current = new CatalogImage("python_3.11", "/images/compute/python_3.11.sif");
        current.setDescription("<b>Python</b> & numpy");
        CatalogImage old = new CatalogImage("python_2.7", "/images/compute/python_2.7.sif");
        old.setState("deprecated");
        old.setHint("Use python_3.11");
        CatalogImage theirs = new CatalogImage("gromacs_2024", "/images/compute/gromacs_2024.sif");
        theirs.setFolders("chemistry");
        theirs.setClusters("main");
        ImageCatalog.get().setImages(List.of(current, old, theirs));
    }

    private FormValidation check(Item item, String value) {
        return descriptor.doCheckImage(item, value, "");
    }

    private void says(FormValidation.Kind kind, String words, FormValidation answer) {
        assertEquals(kind, answer.kind, answer::getMessage);
        assertTrue(answer.getMessage().contains(words), answer::getMessage);
    }

    @Test
    void foundImagesAreShownAndEscaped() {
        says(FormValidation.Kind.OK, "&lt;b&gt;Python&lt;/b&gt; &amp; numpy", check(project, "python_3.11"));
        says(FormValidation.Kind.OK, "/images/compute/python_3.11.sif", check(project, "python"));
        says(FormValidation.Kind.WARNING, "Use python_3.11", check(project, "python_2.7"));
        assertEquals(FormValidation.Kind.OK, check(project, "").kind);
        assertEquals(FormValidation.Kind.OK, check(project, "python_${VERSION}").kind);
    }

    @Test
    void mistakesAreShownWithSimilarNames() {
        says(FormValidation.Kind.ERROR, "did you mean &#039;python_3.11", check(project, "pyhton_3.11"));
        says(FormValidation.Kind.ERROR, "paths are not allowed", check(project, "/images/other.sif"));
        says(FormValidation.Kind.ERROR, "&lt;script&gt;", check(project, "<script>alert(1)</script>"));
        says(FormValidation.Kind.ERROR, "is for jobs in other folders", check(project, "gromacs_2024"));
        assertEquals(FormValidation.Kind.OK, check(null, "gromacs_2024").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckImage(null, "gromacs_2024", "other").kind);
    }

    @Test
    void usersWhoMayNotConfigureLearnNothing() {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertEquals(FormValidation.Kind.OK, check(project, "pyhton_3.11").kind);
            assertEquals(FormValidation.Kind.OK, check(null, "pyhton_3.11").kind);
            assertFalse(
                    String.valueOf(check(project, "python_3.11").getMessage()).contains("images"));
        }
    }

    @Test
    void anImageCanBeChosenOrWritten() throws Exception {
        project.getBuildersList().add(new SlurmApptainerBuilder(new SlurmApptainerStep("true")));
        HtmlPage page = j.createWebClient().getPage(project, "configure");
        HtmlTextInput field = page.querySelector("input.apptainer-image-box");
        field.type(KeyboardEvent.DOM_VK_DOWN);
        untilOffered(page, List.of("gromacs_2024", "python_3.11", "python_2.7"));
        assertEquals("true", field.getAttribute("aria-expanded"));
        field.type("python 2");
        untilOffered(page, List.of("python_2.7"));
        DomElement option = page.querySelector(".apptainer-image-box__list [role=option]");
        option.mouseDown();
        page.getWebClient().waitForBackgroundJavaScript(5_000);
        assertEquals("python_2.7", field.getValue());
        assertEquals("false", field.getAttribute("aria-expanded"));
        field.setValue("");
        field.type("team_${VERSION}");
        field.blur();
        assertEquals("false", field.getAttribute("aria-expanded"));
        j.submit(page.getFormByName("config"));
        SlurmApptainerBuilder saved = project.getBuildersList().get(SlurmApptainerBuilder.class);
        assertEquals("team_${VERSION}", saved.getJob().getImage());
    }

    /** The answer of the controller takes its time on a busy machine. */
    private static void untilOffered(HtmlPage page, List<String> expected) {
        for (int i = 0; i < 6 && !expected.equals(offered(page)); i++) {
            page.getWebClient().waitForBackgroundJavaScript(5_000);
        }
        assertEquals(expected, offered(page));
    }

    private static List<String> offered(HtmlPage page) {
        return page.querySelectorAll(".apptainer-image-box__list [role=option]").stream()
                .map(option -> ((DomElement) option).getAttribute("data-id"))
                .toList();
    }
}
