package io.jenkins.plugins.slurmapptainer.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.util.Secret;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which builds have used the token, as the page of the credentials tells. Its record of uses is one for each controller. */
@WithJenkins
class JwtUseJenkinsTest {
    private static final String TOKEN = "YWxnaHVudGVyMg.c3ViaHVudGVyMg.c2lnaHVudGVyMg";

    @Test
    void useOfTheTokenIsTracked(JenkinsRule j) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, "jwt", null, Secret.fromString(TOKEN)));
        SystemCredentialsProvider.getInstance().save();
        SlurmCluster cluster = new SlurmCluster("main", "slurm", "/shared/jenkins");
        cluster.setSlurmJwtCredentialsId("jwt");
        SlurmGlobalConfiguration.get().setClusters(List.of(cluster));
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("slurmApptainer 'echo hello'", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("Cannot submit now", run);
        StringCredentials used = CredentialsProvider.findCredentialByIdInItemGroup(
                "jwt", StringCredentials.class, j.jenkins, ACL.SYSTEM2, List.of());
        assertTrue(CredentialsProvider.getFingerprintOf(used).getUsages().containsKey(job.getFullName()));
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
    }
}
