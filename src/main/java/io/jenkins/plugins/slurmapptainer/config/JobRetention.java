package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.headnode.SweepRequest;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How long the directories of ended jobs stay on the shared file system. Jenkins makes it from a form or a file. */
public final class JobRetention implements Describable<JobRetention> {
    private static final int MAX_DAYS = 36_500;

    private Integer failedDays;
    private int successfulDays;

    /** Keeps directories of jobs that did not succeed for ever, and does not keep the others. */
    @DataBoundConstructor
    public JobRetention() {}

    /** Days for a job that did not succeed, {@code null} for ever. */
    @CheckForNull
    public Integer getFailedDays() {
        return failedDays;
    }

    @DataBoundSetter
    public void setFailedDays(@CheckForNull Integer failedDays) {
        this.failedDays = failedDays == null ? null : bounded(failedDays);
    }

    /** Days for a job that succeeded; 0 to remove the directory once its build no longer needs it. */
    public int getSuccessfulDays() {
        return successfulDays;
    }

    @DataBoundSetter
    public void setSuccessfulDays(int successfulDays) {
        this.successfulDays = bounded(successfulDays);
    }

    private static int bounded(int days) {
        return Math.max(0, Math.min(MAX_DAYS, days));
    }

    /** The time for a job that did not succeed, in milliseconds, or {@link SweepRequest#FOR_EVER}. */
    public long keepFailedMillis() {
        return failedDays == null
                ? SweepRequest.FOR_EVER
                : Duration.ofDays(failedDays).toMillis();
    }

    /** The time for a job that succeeded, in milliseconds. */
    public long keepSucceededMillis() {
        return Duration.ofDays(successfulDays).toMillis();
    }

    @Extension
    @Symbol("jobRetention")
    public static final class DescriptorImpl extends Descriptor<JobRetention> {
        @Override
        public String getDisplayName() {
            return "Retention of job directories";
        }

        @POST
        public FormValidation doCheckFailedDays(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.ok()
                    : FormValidation.validateIntegerInRange(value, 0, MAX_DAYS);
        }

        @POST
        public FormValidation doCheckSuccessfulDays(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validateIntegerInRange(value, 0, MAX_DAYS);
        }
    }
}
