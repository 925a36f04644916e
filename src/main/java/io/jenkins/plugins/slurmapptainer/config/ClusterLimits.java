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
 * The most that one job may ask of a cluster or bring back from it, and one build submit to it; what is not set is not limited, the
 * number of jobs apart.
 */
public final class ClusterLimits implements Describable<ClusterLimits> {
    /** Of jobs of a build, if none is set: more than people write steps, few enough for a loop that does not end. */
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

    /** The most nodes. */
    @CheckForNull
    public Integer getNodes() {
        return nodes;
    }

    @DataBoundSetter
    public void setNodes(Integer nodes) {
        this.nodes = nodes;
    }

    /** The most CPUs in all. */
    @CheckForNull
    public Integer getCpus() {
        return cpus;
    }

    @DataBoundSetter
    public void setCpus(Integer cpus) {
        this.cpus = cpus;
    }

    /** The most memory per node, with a unit. */
    @CheckForNull
    public String getMemory() {
        return memory;
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        this.memory = Util.fixEmptyAndTrim(memory);
    }

    /** The longest time, as Slurm writes it. */
    @CheckForNull
    public String getTime() {
        return time;
    }

    @DataBoundSetter
    public void setTime(String time) {
        this.time = Util.fixEmptyAndTrim(time);
    }

    /** The most GPUs in all, 0 for none. */
    @CheckForNull
    public Integer getGpus() {
        return gpus;
    }

    @DataBoundSetter
    public void setGpus(Integer gpus) {
        this.gpus = gpus;
    }

    /** The most that all outputs of a job have together, with a unit. */
    @CheckForNull
    public String getOutputsSize() {
        return outputsSize;
    }

    @DataBoundSetter
    public void setOutputsSize(String outputsSize) {
        this.outputsSize = Util.fixEmptyAndTrim(outputsSize);
    }

    /** The most outputs. */
    @CheckForNull
    public Integer getOutputsFiles() {
        return outputsFiles;
    }

    @DataBoundSetter
    public void setOutputsFiles(Integer outputsFiles) {
        this.outputsFiles = outputsFiles;
    }

    /** The most jobs of one build; a job array is one. */
    @CheckForNull
    public Integer getJobsPerBuild() {
        return jobsPerBuild;
    }

    @DataBoundSetter
    public void setJobsPerBuild(Integer jobsPerBuild) {
        this.jobsPerBuild = jobsPerBuild;
    }

    /** @throws InvalidRequestException for a limit that is none */
    Limits toLimits() {
        return new Limits(nodes, cpus, memory, time, gpus);
    }

    /** @throws InvalidRequestException for a limit that is none */
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
