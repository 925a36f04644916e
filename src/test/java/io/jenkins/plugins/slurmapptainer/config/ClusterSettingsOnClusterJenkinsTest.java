package io.jenkins.plugins.slurmapptainer.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.io.File;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the settings of a cluster do to real builds, and what the form's test says of a real head node. */
@Tag("cluster")
@SharedJenkins
class ClusterSettingsOnClusterJenkinsTest {
    private JenkinsRule j;
    private ClusterAgent cluster;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        j = rule;
        cluster = new ClusterAgent(new File("").getAbsoluteFile());
        cluster.attach(j.jenkins);
    }

    private void set(String preamble, ClusterLimits limits) {
        SlurmCluster main = SlurmGlobalConfiguration.get().getClusters().get(0);
        main.setPreamble(preamble);
        main.setLimits(limits);
        SlurmGlobalConfiguration.get().setClusters(List.of(main));
    }

    private WorkflowJob job(String arguments) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("echo slurmApptainer(" + arguments + ").id", true));
        return job;
    }

    @Test
    void limitsCompleteARealJobAndRefuseAnother() throws Exception {
        ClusterLimits limits = new ClusterLimits();
        limits.setNodes(1);
        limits.setCpus(2);
        limits.setMemory("70M");
        limits.setTime("00:06:00");
        limits.setGpus(0);
        set(null, limits);
        WorkflowRun run = j.buildAndAssertSuccess(job("script: 'scontrol show job $SLURM_JOB_ID'"));
        j.assertLogContains("TimeLimit=00:06:00", run);
        j.assertLogContains("NumNodes=1", run);
        j.assertLogContains("MinMemoryNode=70M", run);
        for (String tooMuch : List.of("time: '7'", "cpusPerTask: 3", "memory: '71M'", "nodes: 2", "gpus: 1")) {
            run = j.buildAndAssertStatus(Result.FAILURE, job("script: 'true', " + tooMuch));
            String parameter = tooMuch.substring(0, tooMuch.indexOf(':'));
            assertThat(
                    JenkinsRule.getLog(run),
                    matchesPattern("(?s).*ERROR: " + parameter + ": .* that cluster main allows for one job.*"));
            assertThat(JenkinsRule.getLog(run), not(containsString("Submitted")));
        }
    }

    @Test
    void commandsBeforeTheContainerProgramReachTheImage() throws Exception {
        set("export APPTAINERENV_SITE='made by \"the\" preamble'\ncd /", null);
        WorkflowRun run = j.buildAndAssertSuccess(job("image: 'python_3.11', script: 'echo It was $SITE'"));
        j.assertLogContains("It was made by \"the\" preamble", run);
        run = j.buildAndAssertSuccess(job("script: 'echo It was ${SITE:-unset}'"));
        j.assertLogContains("It was unset", run);
        set("ls /nowhere/at/all", null);
        run = j.buildAndAssertStatus(Result.FAILURE, job("image: 'python_3.11', script: 'echo not reached'"));
        j.assertLogContains("ls /nowhere/at/all", run);
        assertThat(JenkinsRule.getLog(run), not(containsString("not reached")));
    }

    private FormValidation test(String shared, String apptainer, String preamble) throws Exception {
        return test(shared, apptainer, preamble, "");
    }

    private FormValidation test(String shared, String apptainer, String preamble, String binds) throws Exception {
        return j.jenkins
                .getDescriptorByType(ClusterForm.class)
                .doTestConnection("main", ClusterAgent.LABEL, shared, "", "", apptainer, preamble, binds);
    }

    @Test
    void theConnectionToARealHeadNodeIsTested() throws Exception {
        FormValidation good = test(cluster.shared(), "apptainer", "true");
        assertEquals(FormValidation.Kind.OK, good.kind, good.renderHtml());
        assertThat(good.renderHtml(), matchesPattern("(?s).*Slurm: slurm\\S* \\d+\\.\\d+.*"));
        assertThat(good.renderHtml(), containsString("wrote and removed a file in " + cluster.shared()));
        assertThat(good.renderHtml(), containsString("apptainer version 1."));
        assertThat(good.renderHtml(), containsString("to start at"));
        String user = cluster.command("id", "-un").strip();
        assertThat(good.renderHtml(), containsString("all jobs run as " + user));
        String above = cluster.shared().substring(0, cluster.shared().lastIndexOf('/'));
        FormValidation wide = test(cluster.shared(), "apptainer", "true", "/nowhere\n" + above);
        assertEquals(FormValidation.Kind.WARNING, wide.kind, wide.renderHtml());
        assertThat(
                wide.renderHtml(),
                containsString("Mounts: " + above + ", which builds may mount, contains the shared"));
        FormValidation unreachable = test("/proc/nowhere", "apptainer", "");
        assertEquals(FormValidation.Kind.ERROR, unreachable.kind);
        SlurmCluster main = SlurmGlobalConfiguration.get().getClusters().get(0);
        main.setDefaults(List.of(new DefaultOption("partition", "nosuch")));
        SlurmGlobalConfiguration.get().setClusters(List.of(main));
        FormValidation refused = test(cluster.shared(), "no-such-program", "");
        assertEquals(FormValidation.Kind.ERROR, refused.kind);
        assertThat(refused.renderHtml(), containsString("invalid partition"));
        assertThat(refused.renderHtml(), containsString("no-such-program"));
        assertTrue(cluster.command("squeue", "--noheader", "--name=sbatch").isBlank(), "nothing is submitted");
    }
}
