package io.jenkins.plugins.slurmapptainer.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.FormValidation.Kind;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.access.AccessDeniedException;

/** What the forms for templates check, and who may have it checked. */
@SharedJenkins
class TemplateFormJenkinsTest {
    private JenkinsRule j;
    private JobTemplateForm templates;
    private TemplateOption.DescriptorImpl options;

    @BeforeEach
    void configure(JenkinsRule rule) {
        j = rule;
        templates = j.jenkins.getDescriptorByType(JobTemplateForm.class);
        options = j.jenkins.getDescriptorByType(TemplateOption.DescriptorImpl.class);
        SlurmGlobalConfiguration.get().setTemplates(CompleteTemplates.create());
    }

    private static void says(Kind kind, String words, FormValidation answer) {
        assertEquals(kind, answer.kind, answer::getMessage);
        assertThat(String.valueOf(answer.getMessage()), containsString(words));
    }

    @Test
    void mistakesAreShownInTheForm() {
        assertEquals(Kind.OK, templates.doCheckName(null, "gpu-small").kind);
        says(Kind.ERROR, "use letters", templates.doCheckName(null, "a b"));
        assertEquals(Kind.OK, templates.doCheckParent(null, "", "x").kind);
        says(Kind.OK, "partition gpu (fixed)", templates.doCheckParent(null, "gpu", "x"));
        says(Kind.ERROR, "did you mean &#039;gpu", templates.doCheckParent(null, "gup", "x"));
        says(Kind.ERROR, "gpu -&gt; gpu-small -&gt; gpu", templates.doCheckParent(null, "gpu-small", "gpu"));
        says(Kind.WARNING, "no folder", templates.doCheckAllowedFolders(null, "none"));
        assertEquals(Kind.OK, options.doCheckValue(null, "01:00:00", "time").kind);
        assertEquals(Kind.OK, options.doCheckValue(null, "", "time").kind);
        assertEquals(Kind.OK, options.doCheckValue(null, "/scratch, /data:/in:ro", "binds").kind);
        says(Kind.ERROR, "is not of the form", options.doCheckValue(null, "scratch", "binds"));
        assertEquals(Kind.OK, options.doCheckValue(null, "account", "home").kind);
        says(Kind.ERROR, "is neither 'job'".replace("'", "&#039;"), options.doCheckValue(null, "acount", "home"));
        says(Kind.ERROR, "neither true nor false", options.doCheckValue(null, "yes", "nv"));
        says(Kind.ERROR, "has no least and most", options.doCheckMin(null, "1", "interpreter"));
        says(Kind.ERROR, "is not minutes", options.doCheckValue(null, "soon", "time"));
        says(Kind.ERROR, "no option that a template can have", options.doCheckValue(null, "a", "jobName"));
        assertEquals(Kind.OK, options.doCheckMin(null, "4G", "memory").kind);
        says(Kind.ERROR, "has no least and most", options.doCheckMin(null, "1", "partition"));
        assertEquals(Kind.OK, options.doCheckMax(null, "", "memory", "4G").kind);
        assertEquals(Kind.OK, options.doCheckMax(null, "8G", "memory", "4G").kind);
        says(Kind.ERROR, "is more than the most", options.doCheckMax(null, "2G", "memory", "4G"));
    }

    @Test
    void optionsAreChosenFromAList() {
        List<String> names = options.doFillOptionItems(null).stream()
                .map(option -> option.value)
                .toList();
        assertTrue(names.containsAll(List.of("partition", "time", "gpus", "cluster", "image", "maxPending")));
        assertTrue(
                names.containsAll(List.of("binds", "containall", "writableTmpfs", "nv", "rocm", "workingDirectory")));
        assertTrue(names.containsAll(List.of("interpreter", "home", "begin")));
        assertTrue(names.stream().noneMatch(List.of("jobName", "array", "dependency", "scriptFile")::contains));
    }

    @Test
    void templatesWithErrorsAreNotSaved() throws Exception {
        SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
        JobTemplate circle = new JobTemplate("circle");
        circle.setParent("circle");
        assertThrows(InvalidRequestException.class, () -> configuration.setTemplates(List.of(circle)));
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            HtmlForm form = page.getFormByName("config");
            HtmlTextInput parent = form.getInputsByName("_.parent").stream()
                    .map(HtmlTextInput.class::cast)
                    .filter(input -> input.getValue().equals("gpu"))
                    .findFirst()
                    .orElseThrow();
            parent.setValue("gpu-smal");
            FailingHttpStatusCodeException refused =
                    assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(form));
            assertThat(refused.getResponse().getContentAsString(), containsString("which is not there"));
        }
        j.assertEqualDataBoundBeans(CompleteTemplates.create(), configuration.getTemplates());
    }

    @Test
    void everyCheckNeedsAPostAndSomebodyWhoMayConfigure() throws Exception {
        FreeStyleProject item = j.createFreeStyleProject();
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        for (Descriptor<?> form : List.of(templates, options)) {
            List<Method> methods = Arrays.stream(form.getClass().getMethods())
                    .filter(method -> method.getName().matches("do(Check|Fill)[A-Z].*"))
                    .filter(method -> method.getDeclaringClass().getName().startsWith("io.jenkins."))
                    .toList();
            assertTrue(methods.size() > 1);
            for (Method method : methods) {
                assertNotNull(method.getAnnotation(POST.class), method.toString());
                if (method.getName().startsWith("doCheck")) {
                    assertDenied(form, method, null);
                    assertDenied(form, method, item);
                }
            }
        }
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertEquals(List.of(), options.doFillOptionItems(null));
            assertEquals(List.of(), options.doFillOptionItems(item));
        }
    }

    private static void assertDenied(Descriptor<?> form, Method method, Item item) {
        Object[] arguments = new Object[method.getParameterCount()];
        Arrays.fill(arguments, "1");
        arguments[0] = item;
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            InvocationTargetException thrown =
                    assertThrows(InvocationTargetException.class, () -> method.invoke(form, arguments));
            assertTrue(thrown.getCause() instanceof AccessDeniedException, method + ": " + thrown.getCause());
        }
    }

    @Test
    void usersWithSystemReadSeeTemplatesButCannotChangeThem() throws Exception {
        Jenkins.SYSTEM_READ.setEnabled(true);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor"));
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            browser.login("auditor");
            HtmlPage page = browser.goTo("configure");
            String text = page.getBody().getTextContent();
            for (String value : List.of("gpu-small", "One GPU for an hour", "04:00:00", "low, high", "teams/physics")) {
                assertThat(text, containsString(value));
            }
            assertThat(page.asNormalizedText(), not(containsString("Add template")));
            assertThat(page.asNormalizedText(), not(containsString("Delete option")));
        }
    }
}
