package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Label;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.BuildVariables;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a cluster: its checks while it is filled in. */
@Extension
@Symbol("slurmCluster")
@Restricted(NoExternalUse.class)
public final class ClusterForm extends Descriptor<SlurmCluster> {
    public ClusterForm() {
        super(SlurmCluster.class);
    }

    @Override
    public String getDisplayName() {
        return "Slurm cluster";
    }

    /** What the last sweep removed on a cluster, {@code null} if there was none yet. */
    @CheckForNull
    public String sweepReport(@CheckForNull SlurmCluster cluster) {
        return cluster == null ? null : SweepReports.get().line(cluster.getName());
    }

    /** The build variables of a new cluster. */
    public String getUsualBuildVariables() {
        return BuildVariables.USUAL;
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Checks.of(() -> SlurmCluster.checkName(value.trim()));
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
        return absolute(value, "/shared/jenkins");
    }

    @POST
    public FormValidation doCheckCommandDirectory(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        return value.contains(":")
                ? FormValidation.error("Write one directory, without a colon.")
                : absolute(value, "/opt/slurm/bin");
    }

    @POST
    public FormValidation doCheckApptainer(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String program = Util.fixNull(value).trim();
        return program.matches("[^\\s\\p{Cntrl}]*")
                ? FormValidation.ok()
                : FormValidation.error("Write the name or the path of one program, without arguments.");
    }

    @POST
    public FormValidation doCheckPreamble(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Checks.of(() -> ContainerProgram.preamble("preamble", Util.fixNull(value)));
    }

    @POST
    public FormValidation doCheckAllowedBinds(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Checks.of(() -> BindRoots.of("", "allowedBinds", Util.fixNull(value)));
    }

    @POST
    public FormValidation doCheckBuildVariables(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Checks.of(() -> BuildVariables.of("buildVariables", Util.fixNull(value)));
    }

    @POST
    public ListBoxModel doFillHomeItems() {
        ListBoxModel items = new ListBoxModel();
        items.add("one of the job's own", "job");
        items.add("that of the account that jobs run as", "account");
        return items;
    }

    @POST
    public FormValidation doCheckAllowedFolders(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Checks.folders(value);
    }

    /**
     * Tries the form's settings on a head node, within 20 seconds. Default options and limits count as they were saved,
     * because a button does not send the nested parts of its form.
     */
    @POST
    public FormValidation doTestConnection(
            @QueryParameter String name,
            @QueryParameter String headNodeLabel,
            @QueryParameter String sharedDirectory,
            @QueryParameter String commandDirectory,
            @QueryParameter String slurmJwtCredentialsId,
            @QueryParameter String apptainer,
            @QueryParameter String preamble,
            @QueryParameter String allowedBinds)
            throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        SlurmCluster cluster = new SlurmCluster(name, headNodeLabel, sharedDirectory);
        cluster.setCommandDirectory(commandDirectory);
        cluster.setSlurmJwtCredentialsId(slurmJwtCredentialsId);
        cluster.setApptainer(apptainer);
        cluster.setPreamble(preamble);
        cluster.setAllowedBinds(allowedBinds);
        SlurmGlobalConfiguration.get().getClusters().stream()
                .filter(saved -> saved.getName().equals(cluster.getName()))
                .findFirst()
                .ifPresent(saved -> {
                    cluster.setDefaults(saved.getDefaults());
                    cluster.setLimits(saved.getLimits());
                });
        try {
            return FormValidation.aggregate(
                    cluster.check().stream().map(ClusterForm::shown).toList());
        } catch (InvalidRequestException | IOException e) {
            return FormValidation.error(Printable.of(String.valueOf(e.getMessage())));
        }
    }

    /** The form escapes the text. */
    private static FormValidation shown(Finding finding) {
        switch (finding.kind()) {
            case GOOD:
                return FormValidation.ok(finding.text());
            case DOUBTFUL:
                return FormValidation.warning(finding.text());
            default:
                return FormValidation.error(finding.text());
        }
    }

    @POST
    public ListBoxModel doFillSlurmJwtCredentialsIdItems(@QueryParameter String slurmJwtCredentialsId) {
        return JwtCredentials.choices(slurmJwtCredentialsId);
    }

    @POST
    public FormValidation doCheckSlurmJwtCredentialsId(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String id = Util.fixEmptyAndTrim(value);
        return id == null ? FormValidation.ok() : Checks.of(() -> JwtCredentials.token(JwtCredentials.get(id)));
    }

    private static FormValidation absolute(String path, String example) {
        try {
            JobDirectory.absolute("", path.trim());
            return FormValidation.ok();
        } catch (InvalidRequestException e) {
            return FormValidation.error("Write an absolute path without '..', for example " + example + ".");
        }
    }
}
