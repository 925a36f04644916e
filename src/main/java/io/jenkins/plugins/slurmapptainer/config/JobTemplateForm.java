package io.jenkins.plugins.slurmapptainer.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.template.Template;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a template, for a folder or for the controller: its checks while it is filled in. */
@Extension
@Symbol("slurmTemplate")
@Restricted(NoExternalUse.class)
public final class JobTemplateForm extends Descriptor<JobTemplate> {
    public JobTemplateForm() {
        super(JobTemplate.class);
    }

    @Override
    public String getDisplayName() {
        return "Template";
    }

    @POST
    public FormValidation doCheckName(@AncestorInPath Item folder, @QueryParameter String value) {
        Checks.checkMayConfigure(folder);
        return Checks.of(() -> Template.checkName(value.trim()));
    }

    /** Checks without the options: a field's check does not get them, and the saved ones may differ. */
    @POST
    public FormValidation doCheckParent(
            @AncestorInPath Item folder, @QueryParameter String value, @QueryParameter String name) {
        Checks.checkMayConfigure(folder);
        if (Util.fixEmptyAndTrim(value) == null || Util.fixEmptyAndTrim(name) == null) {
            return FormValidation.ok();
        }
        JobTemplate edited = new JobTemplate(name);
        edited.setParent(value);
        try {
            return FormValidation.ok(VisibleTemplates.around(folder)
                    .with(edited.toTemplate())
                    .get(edited.getName())
                    .text());
        } catch (InvalidRequestException e) {
            return FormValidation.error(Checks.sentence(e));
        }
    }

    @POST
    public FormValidation doCheckAllowedFolders(@AncestorInPath Item folder, @QueryParameter String value) {
        Checks.checkMayConfigure(folder);
        return Checks.folders(value);
    }
}
