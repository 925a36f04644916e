package io.jenkins.plugins.slurmapptainer.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import io.jenkins.plugins.slurmapptainer.template.Template;
import java.util.List;

/** A place with templates besides the controller's configuration. Called by any thread. */
public interface TemplateSource extends ExtensionPoint {
    /**
     * The templates of an item and of the folders around it.
     *
     * @return levels, innermost first
     */
    List<List<Template>> around(Item item);

    /** All sources of this Jenkins. */
    static ExtensionList<TemplateSource> all() {
        return ExtensionList.lookup(TemplateSource.class);
    }
}
