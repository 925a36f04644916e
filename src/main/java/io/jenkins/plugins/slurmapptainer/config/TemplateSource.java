package io.jenkins.plugins.slurmapptainer.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import io.jenkins.plugins.slurmapptainer.template.Template;
import java.util.List;

/** Where templates stand besides the configuration of the controller. */
public interface TemplateSource extends ExtensionPoint {
    /**
     * The templates around an item, its own included.
     *
     * @return levels, innermost first
     */
    List<List<Template>> around(Item item);

    /** All sources that are there. */
    static ExtensionList<TemplateSource> all() {
        return ExtensionList.lookup(TemplateSource.class);
    }
}
