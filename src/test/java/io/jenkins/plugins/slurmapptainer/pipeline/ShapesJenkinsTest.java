package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.io.File;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs after other jobs, at a time, and with scripts from the workspace, in a real controller on a real cluster. */
@Tag("cluster")
@SharedJenkins
class ShapesJenkinsTest {
    private JenkinsRule j;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        j = rule;
        new ClusterAgent(new File("").getAbsoluteFile()).attach(j.jenkins);
    }

    private String log(Result result, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        Run<?, ?> run = j.buildAndAssertStatus(result, job);
        return JenkinsRule.getLog(run);
    }

    @Test
    void aJobCanStartAfterAnother() throws Exception {
        String log = log(
                Result.FAILURE,
                "def first = slurmApptainer 'true'\n"
                        + "slurmApptainer dependency: [afterok: first.id], script: 'echo by id'\n"
                        + "slurmApptainer dependency: [afterany: [first]], script: 'echo by job'\n"
                        + "slurmApptainer dependency: [afternotok: first], script: 'echo never'\n");
        assertThat(log, containsString("by id\n"));
        assertThat(log, containsString("by job\n"));
        assertThat(log, not(containsString("never\n")));
        assertThat(log, containsString("can never be satisfied: Job "));
    }

    @Test
    void aScriptFileRunsWithItsInterpreter() throws Exception {
        String log = log(
                Result.FAILURE,
                "node('slurm') {\n"
                        + "  writeFile file: 'tools/it.py', text: 'import os, sys; print(os.path.isfile(sys.argv[0]), sys.version[:4])'\n"
                        + "  slurmApptainer scriptFile: 'tools/it.py', interpreter: 'python3 -I', image: 'python_3.11'\n"
                        + "  slurmApptainer scriptFile: 'none.py'\n"
                        + "}");
        assertThat(log, containsString("True 3.11\n"));
        assertThat(log, containsString("ERROR: scriptFile: there is no file 'none.py' in the workspace"));
    }

    @Test
    void aJobCanBeginLater() throws Exception {
        String log = log(
                Result.SUCCESS,
                "def job = slurmApptainer begin: 'now+15', script: 'true'\n"
                        + "echo \"waited ${job.waited >= '00:00:10'}\"");
        assertThat(log, containsString("waited true"));
    }
}
