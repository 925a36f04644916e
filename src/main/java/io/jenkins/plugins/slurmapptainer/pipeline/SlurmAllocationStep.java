package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code slurmAllocation(image: …) { … }}: holds an allocation while its block runs. What steps in the block would run on
 * the agent, they run there, in the image. Not safe for several threads while it is configured.
 */
public final class SlurmAllocationStep extends SlurmJobStep {
    @DataBoundConstructor
    public SlurmAllocationStep() {
        super(SlurmJobOptions.ofAllocation());
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        if (!context.hasBody()) {
            throw new AbortException("slurmAllocation needs a block of steps: slurmAllocation(image: '…') { sh '…' }");
        }
        if (context.get(HeldAllocation.class) != null) {
            throw new AbortException(
                    "one slurmAllocation, or agent { slurm { … } }, cannot be in another; use slurmApptainer in the block, or agent none"
                            + " for the Pipeline");
        }
        showLabel(context);
        return new SlurmAllocationStepExecution(context, options());
    }

    @Extension
    public static final class DescriptorImpl extends StepForm {
        public DescriptorImpl() {
            super(SlurmAllocationStep.class);
        }

        @Override
        SlurmJobOptions options(Step made) {
            return ((SlurmAllocationStep) made).options();
        }

        @Override
        public String getFunctionName() {
            return "slurmAllocation";
        }

        @Override
        public String getDisplayName() {
            return "Run steps in a Slurm allocation, in an Apptainer image";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        /** Its steps work in a workspace that the compute nodes see. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            Object image = arguments.get("image");
            return image == null ? "" : image.toString();
        }

        /** The parameters mean the same as those of a single job. */
        @Override
        @CheckForNull
        public String getHelpFile(@CheckForNull String field) {
            return field == null
                    ? super.getHelpFile(null)
                    : Jenkins.get()
                            .getDescriptorByType(SlurmApptainerStep.DescriptorImpl.class)
                            .getHelpFile(field);
        }
    }
}
