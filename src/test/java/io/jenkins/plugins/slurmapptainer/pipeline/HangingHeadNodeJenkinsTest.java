package io.jenkins.plugins.slurmapptainer.pipeline;

import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import java.io.File;
import java.io.IOException;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The head node hangs: its agent is connected and answers nothing. Fault 33. */
@WithJenkins
class HangingHeadNodeJenkinsTest {
    private static final class ProcessId extends MasterToSlaveCallable<Long, IOException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }

    @TempDir
    private File shared;

    private static void send(String signal, long process) throws Exception {
        new ProcessBuilder("kill", "-s", signal, Long.toString(process))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The other branch is run by the same thread, after the step's start and its stop. */
    @Test
    @DisplayName("33: neither the start nor the stop of the step holds up its Pipeline")
    void thePipelineGoesOn(JenkinsRule j) throws Exception {
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "slurm", shared.getPath())));
        DumbSlave agent = j.createOnlineSlave(Label.get("slurm"));
        long process = agent.getChannel().call(new ProcessId());
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "parallel job: { slurmApptainer 'true' },\n"
                        + "other: { echo 'started'; try { sleep 600 } finally { echo 'stopped' } }",
                true));
        send("STOP", process);
        WorkflowRun run;
        try {
            run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("started", run);
            run.getExecutor().interrupt();
            j.waitForMessage("stopped", run);
        } finally {
            send("CONT", process);
        }
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
    }
}
