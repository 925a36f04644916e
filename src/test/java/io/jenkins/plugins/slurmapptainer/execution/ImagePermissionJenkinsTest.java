package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import jenkins.security.QueueItemAuthenticatorDescriptor;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** Builds that run as the user who has started them: who that is, the job alone cannot say. */
@WithJenkins
class ImagePermissionJenkinsTest {
    /** As the strategy "run as user who triggered build" has it: knows builds in the queue, and nothing of jobs. */
    public static final class Triggering extends QueueItemAuthenticator {
        @Override
        @CheckForNull
        public Authentication authenticate2(Queue.Item item) {
            return item.getCauses().stream()
                    .filter(Cause.UserIdCause.class::isInstance)
                    .map(cause -> User.getById(((Cause.UserIdCause) cause).getUserId(), true))
                    .map(User::impersonate2)
                    .findFirst()
                    .orElse(null);
        }

        @TestExtension
        public static final class DescriptorImpl extends QueueItemAuthenticatorDescriptor {}
    }

    private JenkinsRule j;

    @BeforeEach
    void configure(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Computer.BUILD)
                .everywhere()
                .to("builder", "reader")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder"));
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(new Triggering());
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "away", "/s")));
        ImageCatalog.get().setImages(List.of(new CatalogImage("python_3.11", "/i/python_3.11.sif")));
    }

    private <J extends Job<?, ?> & ParameterizedJobMixIn.ParameterizedJob<?, ?>> Run<?, ?> start(J job, String user)
            throws Exception {
        QueueTaskFuture<?> build = job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(user)));
        return (Run<?, ?>) build.waitForStart();
    }

    private <J extends Job<?, ?> & ParameterizedJobMixIn.ParameterizedJob<?, ?>> void onlyTheBuilderMay(J job)
            throws Exception {
        Run<?, ?> refused = start(job, "reader");
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(refused));
        j.assertLogContains("image: the user whom this build runs as may not use images", refused);
        Run<?, ?> allowed = start(job, "builder");
        j.waitForMessage("no agent has the label 'away'", allowed);
        allowed.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(allowed));
    }

    @Test
    void aPipelineUsesImagesAsTheUserWhoStartedIt() throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("slurmApptainer(script: 'true', image: 'python_3.11')", true));
        onlyTheBuilderMay(job);
    }

    @Test
    void aFreestyleBuildUsesImagesAsTheUserWhoStartedIt() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        SlurmApptainerStep step = new SlurmApptainerStep("true");
        step.setImage("python_3.11");
        job.getBuildersList().add(new SlurmApptainerBuilder(step));
        onlyTheBuilderMay(job);
    }
}
