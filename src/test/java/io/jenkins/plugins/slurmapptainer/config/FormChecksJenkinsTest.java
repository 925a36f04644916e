package io.jenkins.plugins.slurmapptainer.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.FormValidation.Kind;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.access.AccessDeniedException;

/** What the forms check, and who may have it checked. */
@SharedJenkins
class FormChecksJenkinsTest {
    private static final List<Class<? extends Descriptor<?>>> FORMS = List.of(
            SlurmGlobalConfiguration.class,
            ClusterForm.class,
            ClusterLimits.DescriptorImpl.class,
            JobRetention.DescriptorImpl.class,
            DefaultOption.DescriptorImpl.class);

    @TempDir
    private Path folder;

    private JenkinsRule j;

    @BeforeEach
    void users(JenkinsRule rule) {
        j = rule;
        Jenkins.MANAGE.setEnabled(true);
        Jenkins.SYSTEM_READ.setEnabled(true);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
        SlurmGlobalConfiguration.get().setClusters(List.of(CompleteCluster.create()));
    }

    private static List<Method> webMethods(Class<?> form) {
        return Arrays.stream(form.getMethods())
                .filter(method -> method.getName().matches("do(Check|Fill|Test)[A-Z].*"))
                .filter(method -> method.getDeclaringClass().getName().startsWith("io.jenkins."))
                .toList();
    }

    private Kind check(String form, String field, String value, String... more) throws Exception {
        Class<?> type = FORMS.stream()
                .filter(candidate -> candidate.getName().contains(form))
                .findFirst()
                .orElseThrow();
        Method method = Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals("doCheck" + field))
                .findFirst()
                .orElseThrow();
        Object[] arguments = new Object[method.getParameterCount()];
        arguments[0] = value;
        System.arraycopy(more, 0, arguments, 1, more.length);
        try (ACLContext ignored = ACL.as2(User.getById("admin", true).impersonate2())) {
            return ((FormValidation)
                            method.invoke(j.jenkins.getDescriptorByType(type.asSubclass(Descriptor.class)), arguments))
                    .kind;
        }
    }

    @Test
    void mistakesAreShownInTheForm() throws Exception {
        checks(Kind.OK, "ClusterForm", "Name", "main");
        checks(Kind.ERROR, "ClusterForm", "Name", "a b", "");
        checks(Kind.WARNING, "ClusterForm", "HeadNodeLabel", "nobody");
        checks(Kind.ERROR, "ClusterForm", "HeadNodeLabel", " ");
        checks(Kind.OK, "ClusterForm", "SharedDirectory", "/a");
        checks(Kind.ERROR, "ClusterForm", "SharedDirectory", "relative", "/a/../b");
        checks(Kind.OK, "ClusterForm", "CommandDirectory", "", "/opt/slurm/bin");
        checks(Kind.ERROR, "ClusterForm", "CommandDirectory", "bin", "/a:/b");
        checks(Kind.OK, "ClusterForm", "Apptainer", "", "/opt/apptainer");
        checks(Kind.ERROR, "ClusterForm", "Apptainer", "apptainer exec");
        checks(Kind.OK, "ClusterForm", "Preamble", "module load apptainer");
        checks(Kind.ERROR, "ClusterForm", "Preamble", "module load \\");
        checks(Kind.OK, "ClusterForm", "AllowedFolders", "", "teams/*", "/");
        checks(Kind.WARNING, "ClusterForm", "AllowedFolders", "none");
        checks(Kind.OK, "ClusterForm", "AllowedBinds", "", "/scratch\n/data");
        checks(Kind.ERROR, "ClusterForm", "AllowedBinds", "scratch", "/a/../b");
        checks(Kind.OK, "ClusterLimits", "Nodes", "", "4");
        checks(Kind.ERROR, "ClusterLimits", "Nodes", "0");
        checks(Kind.OK, "ClusterLimits", "Cpus", "1");
        checks(Kind.ERROR, "ClusterLimits", "Cpus", "x");
        checks(Kind.OK, "ClusterLimits", "Gpus", "0");
        checks(Kind.ERROR, "ClusterLimits", "Gpus", "-1");
        checks(Kind.OK, "ClusterLimits", "Memory", "64G", "");
        checks(Kind.ERROR, "ClusterLimits", "Memory", "much");
        checks(Kind.OK, "ClusterLimits", "Time", "1-0");
        checks(Kind.ERROR, "ClusterLimits", "Time", "unlimited");
        checks(Kind.OK, "ClusterLimits", "OutputsSize", "10G", "500m", "");
        checks(Kind.ERROR, "ClusterLimits", "OutputsSize", "10", "0G", "much");
        checks(Kind.OK, "ClusterLimits", "OutputsFiles", "", "1");
        checks(Kind.ERROR, "ClusterLimits", "OutputsFiles", "0");
        checks(Kind.OK, "ClusterLimits", "JobsPerBuild", "", "1");
        checks(Kind.ERROR, "ClusterLimits", "JobsPerBuild", "0");
        checks(Kind.OK, "JobRetention", "FailedDays", "", "0", "30");
        checks(Kind.ERROR, "JobRetention", "FailedDays", "-1", "soon", "40000");
        checks(Kind.OK, "JobRetention", "SuccessfulDays", "0", "1");
        checks(Kind.ERROR, "JobRetention", "SuccessfulDays", "-1", "");
        checks(Kind.OK, "SlurmGlobalConfiguration", "PollSeconds", "10");
        checks(Kind.ERROR, "SlurmGlobalConfiguration", "PollSeconds", "0");
        checks(Kind.OK, "SlurmGlobalConfiguration", "SubmitMinutes", "0");
        checks(Kind.ERROR, "SlurmGlobalConfiguration", "SubmitMinutes", "-1");
    }

    private void checks(Kind kind, String form, String field, String... values) throws Exception {
        for (String value : values) {
            assertEquals(kind, check(form, field, value), form + " " + field + " '" + value + "'");
        }
    }

    @Test
    void theValueOfAnOptionIsCheckedByItsOwnRule() throws Exception {
        assertEquals(Kind.OK, check("DefaultOption", "Value", "01:00:00", "time"));
        assertEquals(Kind.ERROR, check("DefaultOption", "Value", "soon", "time"));
        assertEquals(Kind.OK, check("DefaultOption", "Value", "4G", "memory"));
        assertEquals(Kind.ERROR, check("DefaultOption", "Value", "4 G", "memory"));
        assertEquals(Kind.ERROR, check("DefaultOption", "Value", "1", "tiem"));
        assertEquals(Kind.ERROR, check("DefaultOption", "Value", "a", "jobName"));
    }

    @Test
    void everyCheckNeedsAPostAndAnAdministrator() throws Exception {
        for (Class<? extends Descriptor<?>> form : FORMS) {
            assertTrue(!webMethods(form).isEmpty());
            for (Method method : webMethods(form)) {
                assertNotNull(method.getAnnotation(POST.class), method.toString());
                if (!method.getName().startsWith("doFill")) {
                    for (String user : List.of("reader", "auditor", "manager")) {
                        assertDenied(form, method, user);
                    }
                }
            }
        }
    }

    private void assertDenied(Class<?> form, Method method, String user) throws Exception {
        Descriptor<?> descriptor = j.jenkins.getDescriptorByType(form.asSubclass(Descriptor.class));
        Throwable thrown = null;
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            Object[] arguments = new Object[method.getParameterCount()];
            Arrays.fill(arguments, "1");
            method.invoke(descriptor, arguments);
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
        }
        assertTrue(thrown instanceof AccessDeniedException, method + " for " + user + ": " + thrown);
    }

    @Test
    void theConnectionIsTestedByPostAndForAdministratorsOnly() throws Exception {
        String url = "descriptorByName/" + SlurmCluster.class.getName() + "/testConnection";
        try (JenkinsRule.WebClient browser = j.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            browser.login("admin");
            assertEquals(404, browser.goTo(url).getWebResponse().getStatusCode());
            browser.login("reader");
            WebRequest request = browser.addCrumb(new WebRequest(browser.createCrumbedUrl(url), HttpMethod.POST));
            assertEquals(403, browser.getPage(request).getWebResponse().getStatusCode());
        }
    }

    @Test
    void usersWithSystemReadSeeTheSettingsButCannotChangeThem() throws Exception {
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            browser.login("auditor");
            HtmlPage page = browser.goTo("configure");
            String text = page.getBody().getTextContent();
            for (String value :
                    List.of("/shared/jenkins", "module load apptainer", "group1", "1-00:00:00", "teams/c*")) {
                assertThat(text, containsString(value));
            }
            assertThat(text, not(containsString("Test connection")));
            assertThat(page.asNormalizedText(), not(containsString("Add cluster")));
            assertThat(page.asNormalizedText(), not(containsString("Delete cluster")));
            assertTrue(page.getElementsByName("_.sharedDirectory").isEmpty(), "no field can be edited");
        }
    }

    /** Commands of the preamble run with the rights of the agent's user, which is more than a manager may. */
    @Test
    void usersWithManageOnlyDoNotSeeTheSettings() throws Exception {
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            browser.login("manager");
            assertThat(browser.goTo("configure").asNormalizedText(), not(containsString("Slurm clusters")));
        }
    }

    private FormValidation test(String label, String commands, String preamble) throws Exception {
        return test("new", label, commands, preamble);
    }

    private FormValidation test(String name, String label, String commands, String preamble) throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById("admin", true).impersonate2())) {
            return j.jenkins
                    .getDescriptorByType(ClusterForm.class)
                    .doTestConnection(name, label, folder.toString(), commands, "", "my-apptainer", preamble, "");
        }
    }

    private void command(String name, String script) throws Exception {
        File file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n")
                .toFile();
        assertTrue(file.setExecutable(true));
    }

    @Test
    void aConnectionIsTestedOnAHeadNode() throws Exception {
        j.createOnlineSlave(Jenkins.get().getLabelAtom("head"));
        command(
                "sbatch",
                "case $1 in --version) echo slurm 22.05.8 ;; *) echo 'Job 1 to start <b>soon</b>' >&2 ;; esac");
        command("my-apptainer", "echo apptainer version 1.4.5");
        FormValidation answer = test("head", folder.toString(), "PATH=" + folder + ":$PATH");
        boolean root = "root".equals(System.getProperty("user.name"));
        assertEquals(root ? Kind.WARNING : Kind.OK, answer.kind, answer.renderHtml());
        String html = answer.renderHtml();
        assertThat(html, containsString(root ? "the agent runs as root" : "all jobs run as "));
        assertThat(html, containsString("1 of 1 with the label"));
        assertThat(html, containsString("slurm 22.05.8"));
        assertThat(html, containsString("wrote and removed a file in " + folder));
        assertThat(html, containsString("apptainer version 1.4.5"));
        assertThat("what an agent answers is no markup", html, containsString("&lt;b&gt;soon&lt;/b&gt;"));
        assertThat(html, not(containsString("<b>")));
    }

    @Test
    void aSavedClusterIsTestedWithItsDefaultsAndLimits() throws Exception {
        j.createOnlineSlave(Jenkins.get().getLabelAtom("head"));
        command("sbatch", "[ $1 = --version ] && echo slurm 22.05.8 || echo could start >&2");
        assertThat(
                test("main", "head", folder.toString(), "").renderHtml(),
                containsString("--partition=group1 --nodes=1-4 --mem=64G --time=01:00:00 --use-min-nodes"));
    }

    @Test
    void eachProblemIsShownInItsOwnLine() throws Exception {
        j.createOnlineSlave(Jenkins.get().getLabelAtom("head"));
        command("sbatch", "[ $1 = --version ] && echo slurm 22.05.8 && exit; echo Invalid account >&2; exit 1");
        FormValidation answer = test("head", folder.toString(), "");
        assertEquals(Kind.ERROR, answer.kind);
        assertThat(answer.renderHtml(), containsString("Invalid account"));
        assertThat(answer.renderHtml(), containsString("my-apptainer is not there on this head node"));
    }

    @Test
    void theConnectionTestNeedsAnAgent() throws Exception {
        FormValidation answer = test("nobody", "", "");
        assertEquals(Kind.ERROR, answer.kind);
        assertThat(answer.renderHtml(), containsString("no agent has the label"));
        assertEquals(Kind.ERROR, test("head", "", "module load \\").kind);
    }

    @Test
    void aControllerThatHangsIsNotWaitedForLongerThanTwentySeconds() throws Exception {
        j.createOnlineSlave(Jenkins.get().getLabelAtom("head"));
        command("sbatch", "[ $1 = --version ] && echo slurm 22.05.8 && exit; sleep 200");
        long start = System.nanoTime();
        FormValidation answer = test("head", folder.toString(), "");
        assertTrue(System.nanoTime() - start < 100_000_000_000L);
        assertThat(answer.renderHtml(), containsString("did not answer in"));
    }
}
