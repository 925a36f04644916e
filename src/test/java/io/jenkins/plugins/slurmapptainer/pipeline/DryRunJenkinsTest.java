package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import java.io.File;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A dry run on a real cluster submits nothing. */
@Tag("cluster")
@WithJenkins
class DryRunJenkinsTest {
    @Test
    void isCheckedBySlurmAndSubmitsNothing(JenkinsRule j) throws Exception {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        ClusterAgent cluster = new ClusterAgent(new File("").getAbsoluteFile());
        cluster.attach(j.jenkins);
        String before = jobs(cluster);
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "def r = slurmApptainer dryRun: true, image: 'python_3.11', memory: '10M', script: 'echo never'\n"
                        + "echo \"${r.state} at ${r.expectedStart} id '${r.id}'\"",
                true));
        WorkflowRun run = j.buildAndAssertSuccess(job);
        j.assertLogContains("#SBATCH --mem=10M", run);
        j.assertLogContains("to start at 20", run);
        j.assertLogContains("CHECKED at 20", run);
        j.assertLogContains("id ''", run);
        assertEquals(before, jobs(cluster));
        job.setDefinition(
                new CpsFlowDefinition("slurmApptainer dryRun: true, partition: 'nowhere', script: 'true'", true));
        run = j.buildAndAssertStatus(Result.FAILURE, job);
        j.assertLogContains("Invalid partition name specified", run);
    }

    private static String jobs(ClusterAgent cluster) throws Exception {
        return cluster.command("squeue", "--noheader", "--states=all", "-o", "%i");
    }
}
