package io.jenkins.plugins.slurmapptainer.folder;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.UseRestriction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ControllerProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller without the plugins for folders and for declarative Pipelines. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class WithoutFoldersJenkinsTest {
    /** Those of other tests that cannot do without it are away, too. */
    private static final String[] ABOUT_FOLDERS = {
        "cloudbees-folder",
        "branch-api",
        "workflow-multibranch",
        "pipeline-groovy-lib",
        "pipeline-model-definition",
        "pipeline-model-extensions"
    };

    @RegisterExtension
    private final RealJenkinsExtension jenkins = ControllerProcess.create().omitPlugins(ABOUT_FOLDERS);

    @Test
    void everythingElseWorks() throws Throwable {
        jenkins.then(WithoutFoldersJenkinsTest::check);
    }

    private static void check(JenkinsRule j) throws Exception {
        assertNull(j.jenkins.getPlugin("cloudbees-folder"));
        assertNull(j.jenkins.getPlugin("pipeline-model-extensions"));
        assertTrue(j.jenkins.getPluginManager().getPlugin("slurm-apptainer").isActive());
        assertThat(j.jenkins.getPluginManager().getFailedPlugins(), empty());
        assertThat(UseRestriction.all(), empty());
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "l", "/s")));
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("slurmApptainer(script: 'true', files: 'a.txt')", true));
        assertThat(
                JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, job)),
                containsString("ERROR: files: there is no workspace here"));
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            assertThat(browser.goTo("configure").asNormalizedText(), containsString("Slurm clusters"));
        }
    }
}
