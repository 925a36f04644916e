package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import java.util.Set;
import java.util.stream.Collectors;
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
        ClusterJenkins jenkins = ClusterJenkins.attach(j);
        Set<String> before = jobs(jenkins.cluster());
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                "def r = slurmApptainer dryRun: true, image: 'python_3.11', memory: '10M', script: 'echo never'\n"
                        + "echo \"${r.state} at ${r.expectedStart} id '${r.id}'\"");
        j.assertLogContains("#SBATCH --mem=10M", run);
        j.assertLogContains("to start at 20", run);
        j.assertLogContains("CHECKED at 20", run);
        j.assertLogContains("id ''", run);
        Set<String> after = jobs(jenkins.cluster());
        after.removeAll(before);
        assertEquals(Set.of(), after);
        run = jenkins.run(Result.FAILURE, "slurmApptainer dryRun: true, partition: 'nowhere', script: 'true'");
        j.assertLogContains("Invalid partition name specified", run);
    }

    /** Slurm forgets jobs that ended some time ago. */
    private static Set<String> jobs(ClusterAgent cluster) throws Exception {
        return cluster.command("squeue", "--noheader", "--states=all", "-o", "%i")
                .lines()
                .collect(Collectors.toSet());
    }
}
