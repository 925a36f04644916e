package io.jenkins.plugins.slurmapptainer.execution;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.config.ClusterLimits;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A build that goes on asking for jobs. None gets as far as a head node. */
@SharedJenkins
class JobsOfABuildJenkinsTest {
    @Test
    void anEndlessLoopIsStopped(JenkinsRule j) throws Exception {
        SlurmCluster cluster = new SlurmCluster("main", "l", "/s");
        ClusterLimits limits = new ClusterLimits();
        limits.setJobsPerBuild(2);
        cluster.setLimits(limits);
        SlurmGlobalConfiguration.get().setClusters(List.of(cluster, new SlurmCluster("other", "l", "/s")));
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "def again = { name -> try { slurmApptainer(script: 'true', files: 'a.txt', cluster: name) }"
                        + " catch (e) { echo \"${name}: ${e.message}\" } }\n"
                        + "3.times { again('main') }\nagain('other')\nerror 'over'",
                true));
        String log = JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, job));
        assertThat(log, containsString("main: files: there is no workspace here"));
        assertThat(log, containsString("main: cluster: the build has reached the limit of 2 jobs on cluster main"));
        assertThat(log, containsString("other: files: there is no workspace here"));
    }
}
