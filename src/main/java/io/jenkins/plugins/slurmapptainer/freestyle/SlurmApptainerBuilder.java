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
 * Runs a script as one Slurm job and waits for its end on the build's executor. It contains the Pipeline step, so that
 * parameters, checks, form and help exist only once. Saved in the configuration of jobs, like the fields of
 * {@link SlurmJobOptions}: the names of the fields never change.
 */
public final class SlurmApptainerBuilder extends Builder {
    private static final int MAX_EXIT_CODE = 255;

    private final SlurmApptainerStep job;
    private Integer unstableReturn;

    @DataBoundConstructor
    public SlurmApptainerBuilder(SlurmApptainerStep job) {
        this.job = job;
    }

    /** A configuration that was written by hand may lack the field. */
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
        // As in Jenkins' shell step: people write 0 for "none".
        unstableReturn = Integer.valueOf(0).equals(exitCode) ? null : exitCode;
    }

    /**
     * Runs the job. Called by the build's own thread.
     *
     * @return whether the build continues with its next step
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
            // Not thrown: the result would then be set only after build wrappers have looked at it.
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

    /**
     * Replaces variables in the options, but not secret ones: options are written into the batch script. Jobs get
     * secrets through {@code env}.
     */
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
