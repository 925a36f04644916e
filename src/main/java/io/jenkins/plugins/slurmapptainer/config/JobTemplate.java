package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import io.jenkins.plugins.slurmapptainer.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A named set of options that builds can choose, as an administrator configured it. Jenkins makes it from a form or a
 * file.
 */
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

    /** A file that was written by hand may lack some fields. */
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

    /** What the template is for, {@code null} for no description. */
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

    /** Full names of the folders whose jobs may use it, one a line; empty for all. */
    @CheckForNull
    public String getAllowedFolders() {
        return allowedFolders;
    }

    @DataBoundSetter
    public void setAllowedFolders(String allowedFolders) {
        this.allowedFolders = Util.fixEmptyAndTrim(allowedFolders);
    }

    /** The template for use by builds. It has not been checked. */
    public Template toTemplate() {
        return new Template(
                Util.fixNull(name),
                Util.fixNull(parent),
                Util.fixNull(description),
                NamePatterns.of(Util.fixNull(allowedFolders)),
                options.stream().map(TemplateOption::toRule).toList());
    }
}
