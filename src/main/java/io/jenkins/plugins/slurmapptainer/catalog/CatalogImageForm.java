package io.jenkins.plugins.slurmapptainer.catalog;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.config.Checks;
import io.jenkins.plugins.slurmapptainer.config.VisibleTemplates;
import io.jenkins.plugins.slurmapptainer.image.EntryText;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.Integrity;
import io.jenkins.plugins.slurmapptainer.job.Interpreter;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of an entry: what it offers, and its checks while it is filled in. */
@Extension
@Symbol("apptainerImage")
@Restricted(NoExternalUse.class)
public final class CatalogImageForm extends Descriptor<CatalogImage> {
    public CatalogImageForm() {
        super(CatalogImage.class);
    }

    @Override
    public String getDisplayName() {
        return "Apptainer image";
    }

    @POST
    public ListBoxModel doFillStateItems() {
        Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
        ListBoxModel items = new ListBoxModel();
        items.add("current", "current");
        items.add("deprecated: builds are warned", "deprecated");
        items.add("hidden: builds are refused", "hidden");
        return items;
    }

    @POST
    public ListBoxModel doFillGpuItems() {
        Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
        ListBoxModel items = new ListBoxModel();
        items.add("none", "none");
        items.add("NVIDIA (--nv)", "nv");
        items.add("AMD (--rocm)", "rocm");
        return items;
    }

    @POST
    public FormValidation doCheckId(@QueryParameter String value) {
        return check(() -> ImageRecord.checkId(value.trim()));
    }

    @POST
    public FormValidation doCheckPath(@QueryParameter String value) {
        return value.isBlank() ? check(() -> {}) : check(() -> ImageRecord.checkPath(value.trim()));
    }

    @POST
    public FormValidation doCheckAliases(@QueryParameter String value) {
        return check(() -> EntryText.aliases(value));
    }

    @POST
    public FormValidation doCheckBinds(@QueryParameter String value) {
        return check(() -> EntryText.binds(value));
    }

    @POST
    public FormValidation doCheckEnvironment(@QueryParameter String value) {
        return check(() -> EntryText.environment(value));
    }

    @POST
    public FormValidation doCheckInterpreter(@QueryParameter String value) {
        return check(() -> Interpreter.parse(value));
    }

    /** The form cannot find this template when only a folder has it. */
    @POST
    public FormValidation doCheckTemplate(@QueryParameter String value) {
        Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
        if (value.isBlank()) {
            return FormValidation.ok();
        }
        try {
            return FormValidation.ok(
                    VisibleTemplates.around(null).get(value.trim()).text());
        } catch (InvalidRequestException e) {
            return FormValidation.warning(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckSha256(@QueryParameter String value) {
        return check(() -> new Integrity(value, ""));
    }

    @POST
    public FormValidation doCheckSigningKey(@QueryParameter String value) {
        return check(() -> new Integrity("", value));
    }

    @POST
    public ListBoxModel doFillRegistryCredentialsIdItems(@QueryParameter String registryCredentialsId) {
        return RegistryCredentials.choices(registryCredentialsId);
    }

    @POST
    public FormValidation doCheckRegistryCredentialsId(@QueryParameter String value, @QueryParameter String path) {
        Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
        return RegistryCredentials.check(
                Util.fixEmptyAndTrim(value), Util.fixNull(path).trim());
    }

    private static FormValidation check(Runnable rule) {
        Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
        return Checks.of(rule);
    }
}
