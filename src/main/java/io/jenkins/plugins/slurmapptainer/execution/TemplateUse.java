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

/** The options of a build, completed by its template. Does not change once made. */
public final class TemplateUse {
    private final SlurmJobOptions options;
    private final String told;

    private TemplateUse(SlurmJobOptions options, String told) {
        this.options = options;
        this.told = told;
    }

    /**
     * Uses the template that the build names, otherwise the template of its image, otherwise none.
     *
     * @param item the job, or the folder of a job that does not exist yet; {@code null} for no particular place
     * @param whole whether {@code written} is complete; {@code false} before the script is read, because the script may
     *     add options
     * @throws InvalidRequestException when there is no such template, or when the build sets something that the
     *     template forbids
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
        String launch = added.getOrDefault(LaunchOption.LAUNCH.field(), asked.get(LaunchOption.LAUNCH.field()));
        if (!"srun".equals(launch)) {
            added.remove(LaunchOption.MPI.field());
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

    /** One line that names the template and what it sets; empty without a template. */
    public Optional<String> told() {
        return Optional.of(told).filter(line -> !line.isEmpty());
    }
}
