package io.jenkins.plugins.slurmapptainer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.TextSearch;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The token that a cluster's commands authenticate with, from the form to Slurm. */
@SharedJenkins
class JwtJenkinsTest {
    private static final String WRONG = "YWxnaHVudGVyMg.c3ViaHVudGVyMg.c2lnaHVudGVyMg";
    /** Its claims are {"exp":1700000000}. */
    private static final String EXPIRED = "e30.eyJleHAiOjE3MDAwMDAwMDB9.c2ln";

    private JenkinsRule j;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        j = rule;
        store(CredentialsScope.SYSTEM, "jwt", WRONG);
        store(CredentialsScope.GLOBAL, "no-jwt", "hunter2");
    }

    private static StringCredentials store(CredentialsScope scope, String id, String text) throws Exception {
        StringCredentials credentials = new StringCredentialsImpl(scope, id, null, Secret.fromString(text));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .removeIf(other -> ((StringCredentials) other).getId().equals(id));
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
        return credentials;
    }

    private static void configure(String id) {
        SlurmCluster cluster = new SlurmCluster("main", "slurm", "/shared/jenkins");
        cluster.setSlurmJwtCredentialsId(id);
        SlurmGlobalConfiguration.get().setClusters(List.of(cluster));
    }

    private WorkflowRun start() throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("slurmApptainer 'echo hello; env; echo bye'", true));
        return job.scheduleBuild2(0).waitForStart();
    }

    @Test
    void theTokenSurvivesTheForm() throws Exception {
        configure("jwt");
        j.configRoundtrip();
        assertEquals("jwt", cluster().getSlurmJwtCredentialsId());
        configure("gone");
        j.configRoundtrip();
        assertEquals("gone", cluster().getSlurmJwtCredentialsId(), "whoever saves the page does not change it");
        configure(null);
        j.configRoundtrip();
        assertNull(cluster().getSlurmJwtCredentialsId());
    }

    private static SlurmCluster cluster() {
        return SlurmGlobalConfiguration.get().getClusters().get(0);
    }

    @Test
    void onlyAdministratorsSeeTheCredentials() throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader"));
        ClusterForm form = j.jenkins.getDescriptorByType(ClusterForm.class);
        try (ACLContext ignored =
                ACL.as2(hudson.model.User.getById("reader", true).impersonate2())) {
            assertEquals(List.of("jwt"), values(form.doFillSlurmJwtCredentialsIdItems("jwt")));
            assertThrows(AccessDeniedException3.class, () -> form.doCheckSlurmJwtCredentialsId("jwt"));
        }
        try (ACLContext ignored =
                ACL.as2(hudson.model.User.getById("admin", true).impersonate2())) {
            assertEquals(List.of("", "jwt", "no-jwt"), values(form.doFillSlurmJwtCredentialsIdItems("jwt")));
        }
        JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        web.login("admin");
        for (String method : List.of("fillSlurmJwtCredentialsIdItems", "checkSlurmJwtCredentialsId")) {
            String path = form.getDescriptorUrl() + "/" + method + "?value=jwt";
            assertEquals(200, status(web, new WebRequest(web.createCrumbedUrl(path), HttpMethod.POST)), method);
            assertEquals(404, status(web, new WebRequest(web.createCrumbedUrl(path), HttpMethod.GET)), method);
        }
    }

    private static int status(JenkinsRule.WebClient web, WebRequest request) throws Exception {
        return web.getPage(request).getWebResponse().getStatusCode();
    }

    private static List<String> values(ListBoxModel model) {
        return model.stream().map(option -> option.value).sorted().toList();
    }

    @Test
    void mistakesAreShownInTheForm() throws Exception {
        ClusterForm form = j.jenkins.getDescriptorByType(ClusterForm.class);
        assertEquals(FormValidation.Kind.OK, form.doCheckSlurmJwtCredentialsId("").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckSlurmJwtCredentialsId("jwt").kind);
        FormValidation other = form.doCheckSlurmJwtCredentialsId("no-jwt");
        assertEquals(FormValidation.Kind.ERROR, other.kind);
        assertTrue(other.getMessage().contains("no JSON Web Token"), other.getMessage());
        store(CredentialsScope.SYSTEM, "old", EXPIRED);
        String expired = form.doCheckSlurmJwtCredentialsId("old").getMessage();
        assertTrue(expired.contains("has run out at 2023-11-14T22:13:20Z"), expired);
        assertTrue(form.doCheckSlurmJwtCredentialsId("gone").getMessage().contains("no secret text with the id"));
    }

    @Test
    void missingCredentialsFailTheBuildBeforeAnythingIsSubmitted() throws Exception {
        configure("gone");
        WorkflowRun run = j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(start()));
        j.assertLogContains("has no secret text with the id 'gone'", run);
    }

    /** With a wrong one Slurm refuses every command; a right one takes effect without a restart, and stays outside. */
    @Test
    @Tag("cluster")
    void slurmsCommandsUseTheToken() throws Exception {
        ClusterAgent agent = ClusterAgent.found();
        String token = agent.command("scontrol", "token", "lifespan=3600").strip();
        assumeTrue(token.startsWith("SLURM_JWT="), "the cluster has no auth/jwt");
        agent.attach(j.jenkins);
        cluster().setSlurmJwtCredentialsId("jwt");
        WorkflowRun run = start();
        j.waitForMessage("Cannot submit now", run);
        store(CredentialsScope.SYSTEM, "jwt", token);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        String log = JenkinsRule.getLog(run);
        assertTrue(log.contains("bye\n"), log);
        String secret = token.substring("SLURM_JWT=".length());
        assertTrue(!log.contains("SLURM_JWT") && !log.contains(secret), log);
        assertEquals(List.of(), TextSearch.filesWith(j.jenkins.getRootDir().toPath(), secret));
    }
}
