package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import java.util.UUID;
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
    void aDryRunIsCheckedBySlurmAndSubmitsNothing(JenkinsRule j) throws Exception {
        ClusterJenkins jenkins = ClusterJenkins.attach(j);
        String name = "dry-" + UUID.randomUUID();
        WorkflowRun run = jenkins.run(
                Result.SUCCESS,
                "def r = slurmApptainer dryRun: true, image: 'python_3.11', memory: '10M', script: 'echo never', jobName: '"
                        + name + "'\necho \"${r.state} at ${r.expectedStart} id '${r.id}'\"");
        j.assertLogContains("#SBATCH --mem=10M", run);
        // Where jobs of others may run for ever, Slurm names a year far away.
        assertThat(
                JenkinsRule.getLog(run),
                matchesPattern(
                        "(?s).* to start at (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d) .*\nCHECKED at \\1 id ''\n.*"));
        assertThat(
                jenkins.cluster().command("squeue", "--noheader", "--states=all", "-o", "%j"),
                not(containsString(name)));
        run = jenkins.run(Result.FAILURE, "slurmApptainer dryRun: true, partition: 'nowhere', script: 'true'");
        j.assertLogContains("Invalid partition name specified", run);
    }
}
