package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.VisibleTemplates;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.template.EffectiveTemplate;
import io.jenkins.plugins.slurmapptainer.template.TemplateOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a build asks for once its template has set what it leaves open. */
public final class TemplateUse {
    private final SlurmJobOptions options;
    private final String told;

    private TemplateUse(SlurmJobOptions options, String told) {
        this.options = options;
        this.told = told;
    }

    /**
     * Takes the template that the build names, else the one of its image, else none.
     *
     * @param item the job, or the folder that it would be in, {@code null} for nowhere in particular
     * @param whole whether that is all that the build asks for; {@code false} before its script has been read, which may say
     *     more
     * @throws InvalidRequestException when there is no such template, or when the build may not set what it sets
     */
    public static TemplateUse of(SlurmJobOptions written, @CheckForNull Item item, boolean whole) {
        VisibleTemplates templates = VisibleTemplates.of(item);
        if (written.template() != null) {
            return of(written, templates.get(written.template()), "", whole);
        }
        Optional<ImageRecord> image = image(written, item);
        return image.map(found -> found.defaults().template())
                .filter(name -> !name.isEmpty())
                .map(name -> of(
                        written,
                        ofImage(templates, name, image.get().id()),
                        ", of image " + image.get().id(),
                        whole))
                .orElseGet(() -> new TemplateUse(written, ""));
    }

    private static Optional<ImageRecord> image(SlurmJobOptions written, @CheckForNull Item item) {
        List<SlurmCluster> clusters = SlurmGlobalConfiguration.get().getClusters();
        String cluster = written.cluster() == null && clusters.size() == 1
                ? clusters.get(0).getName()
                : written.cluster();
        return Optional.ofNullable(written.image())
                .map(id -> ImageCatalog.get().image(id, cluster == null ? "" : cluster, item));
    }

    private static EffectiveTemplate ofImage(VisibleTemplates templates, String name, String image) {
        try {
            return templates.get(name);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(
                    e.field(),
                    "the template of image " + image + ": " + e.reason() + "; the build can name another template");
        }
    }

    private static TemplateUse of(SlurmJobOptions written, EffectiveTemplate template, String whose, boolean whole) {
        Map<String, String> asked = NamedOptions.of(written);
        Map<String, String> added = template.complete(asked, written.options(), whole);
        if (written.image() == null && !added.containsKey(TemplateOptions.IMAGE)) {
            added.keySet()
                    .removeIf(name -> LaunchOption.ofField(name)
                            .filter(LaunchOption::isOfContainer)
                            .isPresent());
        }
        SlurmJobOptions complete = written.rewritten(value -> value);
        added.forEach((name, value) -> NamedOptions.set(complete, name, value));
        return new TemplateUse(complete, words(template, whose, added, asked));
    }

    private static String words(
            EffectiveTemplate template, String whose, Map<String, String> added, Map<String, String> asked) {
        String extended = template.inherits().isEmpty() ? "" : ", extends " + String.join(", ", template.inherits());
        String values = added.entrySet().stream()
                .map(option -> option.getKey() + " " + option.getValue().replace("\n", ","))
                .collect(Collectors.joining(", "));
        TreeSet<String> own = new TreeSet<>(template.options());
        own.retainAll(asked.keySet());
        boolean all = own.containsAll(template.options());
        String by = all ? ", because the build sets everything itself: " : "; the build itself sets ";
        return "Template " + template.name() + whose + extended + ": sets " + (values.isEmpty() ? "nothing" : values)
                + (own.isEmpty() ? "" : by + String.join(", ", own));
    }

    /** The build's options, completed. */
    public SlurmJobOptions options() {
        return options;
    }

    /** Which template it is and what comes from it, in one line; nothing without a template. */
    public Optional<String> told() {
        return Optional.of(told).filter(line -> !line.isEmpty());
    }
}
