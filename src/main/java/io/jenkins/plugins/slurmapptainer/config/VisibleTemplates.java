package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.template.EffectiveTemplate;
import io.jenkins.plugins.slurmapptainer.template.Template;
import io.jenkins.plugins.slurmapptainer.template.Templates;
import java.util.ArrayList;
import java.util.List;

/** The templates that a job sees, and which of them it may use. Does not change once made. */
public final class VisibleTemplates {
    private final Templates templates;
    private final String folder;

    private VisibleTemplates(Templates templates, String folder) {
        this.templates = templates;
        this.folder = folder;
    }

    /** @param job {@code null} for a job outside of all folders */
    public static VisibleTemplates of(@CheckForNull Item job) {
        String name = job == null ? "" : job.getFullName();
        return new VisibleTemplates(around(job), name.substring(0, Math.max(0, name.lastIndexOf('/'))));
    }

    /**
     * All templates that an item's configuration may name, also those that its jobs may not use.
     *
     * @param item a folder or a job, {@code null} for the controller
     */
    public static Templates around(@CheckForNull Item item) {
        List<List<Template>> levels = new ArrayList<>();
        if (item != null) {
            TemplateSource.all().forEach(source -> levels.addAll(source.around(item)));
        }
        levels.add(SlurmGlobalConfiguration.get().getTemplates().stream()
                .map(JobTemplate::toTemplate)
                .toList());
        return new Templates(levels);
    }

    /** Names of the templates that the job may use. */
    public List<String> names() {
        return templates.usableIn(folder);
    }

    /**
     * Finds a template by its name.
     *
     * @throws InvalidRequestException when there is no such template, when it is not in order, or when the job may not
     *     use it
     */
    public EffectiveTemplate get(String name) {
        EffectiveTemplate found = templates.get(name);
        if (!found.allowsFolder(folder)) {
            throw new InvalidRequestException(
                    "template",
                    "jobs " + (folder.isEmpty() ? "outside of a folder" : "in the folder '" + folder + "'")
                            + " may not use template '" + found.name()
                            + "'; the allowed folders of this template, or of one that it extends, do not include it");
        }
        return found;
    }
}
