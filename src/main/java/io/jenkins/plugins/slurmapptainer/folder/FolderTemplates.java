package io.jenkins.plugins.slurmapptainer.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.slurmapptainer.config.JobTemplate;
import io.jenkins.plugins.slurmapptainer.config.TemplateSource;
import io.jenkins.plugins.slurmapptainer.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** The templates of the folders around a job. */
@OptionalExtension(requirePlugins = "cloudbees-folder")
public final class FolderTemplates implements TemplateSource {
    @Override
    public List<List<Template>> around(Item item) {
        List<List<Template>> levels = new ArrayList<>();
        ItemGroup<?> group = item instanceof AbstractFolder<?> ? (AbstractFolder<?>) item : item.getParent();
        while (group instanceof Item) {
            levels.add(of(group));
            group = ((Item) group).getParent();
        }
        return levels;
    }

    private static List<Template> of(ItemGroup<?> group) {
        return FolderRestriction.property(group).map(SlurmFolderProperty::getTemplates).orElse(List.of()).stream()
                .map(JobTemplate::toTemplate)
                .toList();
    }
}
