package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import io.jenkins.plugins.slurmapptainer.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A named set of options that builds choose, as it is configured. */
public final class JobTemplate implements Describable<JobTemplate> {
    private final String name;
    private String parent;
    private String description;
    private List<TemplateOption> options = new ArrayList<>();
    private String allowedFolders;

    /** @param name by which builds choose it */
    @DataBoundConstructor
    public JobTemplate(String name) {
        this.name = Util.fixNull(name).trim();
    }

    /** A file that was written by hand may lack them. */
    private Object readResolve() {
        options = options == null ? new ArrayList<>() : options;
        return this;
    }

    public String getName() {
        return name;
    }

    /** Name of the template that it extends, {@code null} for none. */
    @CheckForNull
    public String getParent() {
        return parent;
    }

    @DataBoundSetter
    public void setParent(String parent) {
        this.parent = Util.fixEmptyAndTrim(parent);
    }

    /** What it is for, {@code null} for nothing to say. */
    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    public List<TemplateOption> getOptions() {
        return new ArrayList<>(options);
    }

    @DataBoundSetter
    public void setOptions(List<TemplateOption> options) {
        this.options = new ArrayList<>(Util.fixNull(options));
    }

    /** Full names of the folders whose jobs may use it, one a line; nothing for all. */
    @CheckForNull
    public String getAllowedFolders() {
        return allowedFolders;
    }

    @DataBoundSetter
    public void setAllowedFolders(String allowedFolders) {
        this.allowedFolders = Util.fixEmptyAndTrim(allowedFolders);
    }

    /** The template as the model has it, unchecked. */
    public Template toTemplate() {
        return new Template(
                Util.fixNull(name),
                Util.fixNull(parent),
                Util.fixNull(description),
                NamePatterns.of(Util.fixNull(allowedFolders)),
                options.stream().map(TemplateOption::toRule).toList());
    }

    @Extension
    @Symbol("slurmTemplate")
    public static final class DescriptorImpl extends Descriptor<JobTemplate> {
        @Override
        public String getDisplayName() {
            return "Template";
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item folder, @QueryParameter String value) {
            Checks.checkMayConfigure(folder);
            return Checks.of(() -> Template.checkName(value.trim()));
        }

        /** Options are left out: a field's check does not get them, and the saved ones may be others. */
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
                        .get(edited.name)
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
}
