package io.jenkins.plugins.slurmapptainer.pipeline;

import hudson.Extension;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.flow.ErrorCondition;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code retry(conditions: [slurmInfrastructure()], …)}: true for failures whose cause lies in the cluster. */
public final class SlurmInfrastructureCondition extends ErrorCondition {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public SlurmInfrastructureCondition() {
        // Nothing to set.
    }

    @Override
    public boolean test(Throwable error, StepContext context) {
        return error instanceof SlurmJobException failure && failure.isInfrastructure();
    }

    @Extension
    @Symbol("slurmInfrastructure")
    public static final class DescriptorImpl extends ErrorConditionDescriptor {
        @Override
        public String getDisplayName() {
            return "Failures of the Slurm cluster";
        }
    }
}
