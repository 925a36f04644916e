package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.config.VisibleTemplates;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.template.EffectiveTemplate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field for the template in the step's form: a choice, and next to it what the chosen template sets. */
@Restricted(NoExternalUse.class)
public abstract class TemplateField extends StepDescriptor {
    TemplateField() {}

    /** @param template the current choice; it stays in the list, so that opening the form does not lose it */
    @POST
    public ListBoxModel doFillTemplateItems(@AncestorInPath Item item, @QueryParameter String template) {
        ListBoxModel items = new ListBoxModel();
        items.add("(the image's, if it has one)", "");
        if (mayConfigure(item)) {
            VisibleTemplates.of(item).names().forEach(items::add);
        }
        if (template != null && items.stream().noneMatch(option -> option.value.equals(template.trim()))) {
            items.add(template.trim());
        }
        return items;
    }

    @POST
    public FormValidation doCheckTemplate(@AncestorInPath Item item, @QueryParameter String value) {
        // A value with a build variable is checked when the build runs.
        if (!mayConfigure(item) || value.isBlank() || value.contains("$")) {
            return FormValidation.ok();
        }
        try {
            EffectiveTemplate found = VisibleTemplates.of(item).get(value.trim());
            return FormValidation.ok(Stream.of(found.description(), found.text())
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(": ")));
        } catch (InvalidRequestException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static boolean mayConfigure(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}
