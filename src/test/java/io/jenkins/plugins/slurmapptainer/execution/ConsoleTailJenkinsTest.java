package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.io.File;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What a restarted controller finds in the console of a build, so that it says nothing twice and leaves nothing out. */
@SharedJenkins
class ConsoleTailJenkinsTest {
    private static final String LINE = "Job 12 failed with exit code 7";

    @Test
    void aLineOfAPipelineIsFound(JenkinsRule j) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("echo '[Slurm] " + LINE + "'; echo 'x' * 100000", true));
        Run<?, ?> run = j.buildAndAssertSuccess(job);
        ConsoleTail tail = ConsoleTail.of(run);
        assertTrue(tail.has(LINE));
        assertFalse(tail.has("Job 12 failed with exit code 8"));
        assertFalse(tail.has("Job 12 failed"), "only whole lines count");
    }

    @Test
    void aConsoleThatCannotBeReadHasNoLine(JenkinsRule j) throws Exception {
        FreeStyleProject project = j.createFreeStyleProject();
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        assertTrue(new File(build.getRootDir(), "log").delete());
        assertFalse(ConsoleTail.of(build).has(LINE));
    }
}
