package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.job.OutputLimits;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Limits for one job (what it may request, and what it may copy back) and for one build (how many jobs it may submit).
 * What is not set is not limited, except for the number of jobs. Jenkins makes it from a form or a file.
 */
public final class ClusterLimits implements Describable<ClusterLimits> {
    /** Jobs of one build if no limit is set: more than people write steps, but few enough to stop an endless loop. */
    static final int USUAL_JOBS = 1_000;

    private static final int MAX = 9_999_999;

    private Integer nodes;
    private Integer cpus;
    private String memory;
    private String time;
    private Integer gpus;
    private String outputsSize;
    private Integer outputsFiles;
    private Integer jobsPerBuild;

    @DataBoundConstructor
    public ClusterLimits() {}

    /** The most nodes, {@code null} for no limit. */
    @CheckForNull
    public Integer getNodes() {
        return nodes;
    }

    @DataBoundSetter
    public void setNodes(Integer nodes) {
        this.nodes = nodes;
    }

    /** The most CPUs in all, {@code null} for no limit. */
    @CheckForNull
    public Integer getCpus() {
        return cpus;
    }

    @DataBoundSetter
    public void setCpus(Integer cpus) {
        this.cpus = cpus;
    }

    /** The most memory per node, with a unit, {@code null} for no limit. */
    @CheckForNull
    public String getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        this.memory = Util.fixEmptyAndTrim(memory);
    }

    /** The longest run time, in Slurm's notation, {@code null} for no limit. */
    @CheckForNull
    public String getTime() {
        return time;
    }

    @DataBoundSetter
    public void setTime(String time) {
        this.time = Util.fixEmptyAndTrim(time);
    }

    /** The most GPUs in all; 0 for none, {@code null} for no limit. */
    @CheckForNull
    public Integer getGpus() {
        return gpus;
    }

    @DataBoundSetter
    public void setGpus(Integer gpus) {
        this.gpus = gpus;
    }

    /** The largest size of all outputs of a job together, with a unit, {@code null} for no limit. */
    @CheckForNull
    public String getOutputsSize() {
        return outputsSize;
    }

    @DataBoundSetter
    public void setOutputsSize(String outputsSize) {
        this.outputsSize = Util.fixEmptyAndTrim(outputsSize);
    }

    /** The most output files, {@code null} for no limit. */
    @CheckForNull
    public Integer getOutputsFiles() {
        return outputsFiles;
    }

    @DataBoundSetter
    public void setOutputsFiles(Integer outputsFiles) {
        this.outputsFiles = outputsFiles;
    }

    /** The most jobs of one build; a job array counts as one. */
    @CheckForNull
    public Integer getJobsPerBuild() {
        return jobsPerBuild;
    }

    @DataBoundSetter
    public void setJobsPerBuild(Integer jobsPerBuild) {
        this.jobsPerBuild = jobsPerBuild;
    }

    /** @throws InvalidRequestException for a limit that cannot be read */
    Limits toLimits() {
        return new Limits(nodes, cpus, memory, time, gpus);
    }

    /** @throws InvalidRequestException for a limit that cannot be read */
    OutputLimits toOutputLimits() {
        return new OutputLimits(outputsSize, outputsFiles);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ClusterLimits> {
        @Override
        public String getDisplayName() {
            return "Limits";
        }

        @POST
        public FormValidation doCheckNodes(@QueryParameter String value) {
            return number(value, 1);
        }

        @POST
        public FormValidation doCheckCpus(@QueryParameter String value) {
            return number(value, 1);
        }

        @POST
        public FormValidation doCheckGpus(@QueryParameter String value) {
            return number(value, 0);
        }

        @POST
        public FormValidation doCheckMemory(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Checks.of(() -> new Limits(null, null, Util.fixEmptyAndTrim(value), null, null));
        }

        @POST
        public FormValidation doCheckTime(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Checks.of(() -> new Limits(null, null, null, Util.fixEmptyAndTrim(value), null));
        }

        @POST
        public FormValidation doCheckOutputsSize(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Checks.of(() -> new OutputLimits(Util.fixEmptyAndTrim(value), null));
        }

        @POST
        public FormValidation doCheckOutputsFiles(@QueryParameter String value) {
            return number(value, 1);
        }

        @POST
        public FormValidation doCheckJobsPerBuild(@QueryParameter String value) {
            return number(value, 1);
        }

        private static FormValidation number(String value, int least) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.ok()
                    : FormValidation.validateIntegerInRange(value, least, MAX);
        }
    }
}
