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

/** How long the directories of ended jobs stay on the shared file system. */
public final class JobRetention implements Describable<JobRetention> {
    private static final int MAX_DAYS = 36_500;

    private Integer failedDays;
    private int successfulDays;

    /** Keeps those of jobs that did not succeed for ever, and the others not at all. */
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

    /** Days for a job that succeeded, 0 for as long as its build needs the directory. */
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

    /** In milliseconds, or {@link SweepRequest#FOR_EVER}. */
    public long keepFailedMillis() {
        return failedDays == null
                ? SweepRequest.FOR_EVER
                : Duration.ofDays(failedDays).toMillis();
    }

    /** In milliseconds. */
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
