package io.jenkins.plugins.slurmapptainer.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Runs a script as one Slurm job and waits for its end, on the build's executor. What to run is a step of a Pipeline,
 * nested: its parameters, their checks, their form and their help exist once. Saved in the configuration of jobs, as are
 * the fields of {@link SlurmJobOptions}: their names never change.
 */
public final class SlurmApptainerBuilder extends Builder {
    private static final int MAX_EXIT_CODE = 255;

    private final SlurmApptainerStep job;
    private Integer unstableReturn;

    @DataBoundConstructor
    public SlurmApptainerBuilder(SlurmApptainerStep job) {
        this.job = job;
    }

    /** A configuration that was written by hand may lack it. */
    private Object readResolve() {
        return job == null || job.options() == null ? new SlurmApptainerBuilder(new SlurmApptainerStep("")) : this;
    }

    public SlurmApptainerStep getJob() {
        return job;
    }

    @CheckForNull
    public Integer getUnstableReturn() {
        return unstableReturn;
    }

    @DataBoundSetter
    public void setUnstableReturn(@CheckForNull Integer exitCode) {
        // As core's shell step has it: 0 is what people write for "none".
        unstableReturn = Integer.valueOf(0).equals(exitCode) ? null : exitCode;
    }

    /**
     * @return whether the build goes on with its next step
     * @throws InterruptedException when the build is aborted; the job has been cancelled
     */
    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        try {
            check();
            EnvVars variables = build.getEnvironment(listener);
            variables.putAll(build.getBuildVariables());
            JobRecord ended =
                    new AwaitedJob(replaced(variables, build), new HashMap<>(variables), build, listener).run();
            return judge(ended, build, listener);
        } catch (InvalidRequestException | AbortException e) {
            // Not thrown on: the result would be set after build wrappers have looked at it.
            listener.error(e.getMessage());
            return false;
        }
    }

    private void check() {
        if (unstableReturn != null && (unstableReturn < 0 || unstableReturn > MAX_EXIT_CODE)) {
            throw new InvalidRequestException(
                    "unstableReturn", unstableReturn + " is no exit code; write 1 to " + MAX_EXIT_CODE);
        }
        if (!job.isPropagate()) {
            throw new InvalidRequestException(
                    "propagate", "a build step returns nothing; a Pipeline can go on after a job that failed");
        }
        if (job.isReturnStdout()) {
            throw new InvalidRequestException(
                    "returnStdout", "a build step returns nothing; the console has what the script prints");
        }
        if (job.isReturnStatus()) {
            throw new InvalidRequestException(
                    "returnStatus", "a build step returns nothing; write the exit code into unstableReturn");
        }
    }

    /** Secrets are left out: an option stands in the batch script. The job gets them through {@code env}. */
    private SlurmJobOptions replaced(EnvVars variables, AbstractBuild<?, ?> build) {
        EnvVars open = new EnvVars(variables);
        build.getSensitiveBuildVariables().forEach(open::remove);
        return job.options().rewritten(open::expand);
    }

    private boolean judge(JobRecord ended, AbstractBuild<?, ?> build, BuildListener listener) {
        Outcome outcome = ended.outcome();
        if (outcome == null || outcome.isSuccess()) {
            return outcome != null;
        }
        if (outcome.isProgramsOwn() && unstableReturn != null && unstableReturn == outcome.exitCode()) {
            build.setResult(Result.UNSTABLE);
            return true;
        }
        listener.error(SlurmJobException.ended(List.of(ended)).getMessage());
        return false;
    }

    @Extension
    @Symbol("slurmApptainer")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return "Run a script as a Slurm job, in an Apptainer image";
        }
    }
}
