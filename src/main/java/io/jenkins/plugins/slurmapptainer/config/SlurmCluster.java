package io.jenkins.plugins.slurmapptainer.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Label;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One Slurm cluster: the agents on its head nodes and the directory that head nodes and compute nodes share. */
public final class SlurmCluster implements Describable<SlurmCluster> {
    /** The container program when nothing else is set. */
    public static final String DEFAULT_APPTAINER = "apptainer";

    private final String name;
    private final String headNodeLabel;
    private final String sharedDirectory;
    private String apptainer = DEFAULT_APPTAINER;

    /**
     * @param name by which a build chooses the cluster
     * @param headNodeLabel label of the agents that run on head nodes; any that is online serves
     * @param sharedDirectory absolute path, the same on head nodes and compute nodes
     */
    @DataBoundConstructor
    public SlurmCluster(String name, String headNodeLabel, String sharedDirectory) {
        this.name = Util.fixNull(name).trim();
        this.headNodeLabel = Util.fixNull(headNodeLabel).trim();
        this.sharedDirectory = Util.fixNull(sharedDirectory).trim();
    }

    public String getName() {
        return name;
    }

    public String getHeadNodeLabel() {
        return headNodeLabel;
    }

    public String getSharedDirectory() {
        return sharedDirectory;
    }

    /** Name or path of the container program on the compute nodes. */
    public String getApptainer() {
        return apptainer;
    }

    @DataBoundSetter
    public void setApptainer(String apptainer) {
        String program = Util.fixEmptyAndTrim(apptainer);
        this.apptainer = program == null ? DEFAULT_APPTAINER : program;
    }

    @Extension
    @Symbol("slurmCluster")
    public static final class DescriptorImpl extends Descriptor<SlurmCluster> {
        @Override
        public String getDisplayName() {
            return "Slurm cluster";
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value.matches("[A-Za-z0-9][A-Za-z0-9._-]*")
                    ? FormValidation.ok()
                    : FormValidation.error(
                            "Use letters, digits and . _ - only; builds choose the cluster by this name.");
        }

        @POST
        public FormValidation doCheckHeadNodeLabel(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String label = Util.fixEmptyAndTrim(value);
            if (label == null) {
                return FormValidation.error("Write the label of the agents that run on the cluster's head nodes.");
            }
            Label found = Jenkins.get().getLabel(label);
            return found == null || found.isEmpty()
                    ? FormValidation.warning("No agent has this label yet.")
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckSharedDirectory(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                JobDirectory.absolute("sharedDirectory", value.trim());
                return FormValidation.ok();
            } catch (InvalidRequestException e) {
                return FormValidation.error("Write an absolute path without '..', for example /shared/jenkins.");
            }
        }
    }
}
