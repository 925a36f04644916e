package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.catalog.ImageDirectory;
import io.jenkins.plugins.slurmapptainer.config.ClusterLimits;
import io.jenkins.plugins.slurmapptainer.config.DefaultOption;
import io.jenkins.plugins.slurmapptainer.config.JobTemplate;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.TemplateOption;
import io.jenkins.plugins.slurmapptainer.folder.SlurmFolderProperty;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmAllocationStep;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import io.jenkins.plugins.slurmapptainer.pipeline.StepArguments;
import io.jenkins.plugins.slurmapptainer.pipeline.StepParameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field that can be set has a help text and stands in its form. */
class HelpFilesTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                SlurmApptainerStep.class,
                SlurmApptainerBuilder.class,
                SlurmGlobalConfiguration.class,
                SlurmCluster.class,
                ClusterLimits.class,
                DefaultOption.class,
                JobTemplate.class,
                TemplateOption.class,
                SlurmFolderProperty.class,
                ImageCatalog.class,
                CatalogImage.class,
                ImageDirectory.class
            })
    void everyFieldIsExplainedAndShown(Class<?> type) {
        String form = read(type, "config.jelly");
        assertTrue(form.startsWith("<?jelly escape-by-default='true'?>"), type.getName());
        StepArguments.parameters(type).forEach((field, parameter) -> {
            assertTrue(read(type, "help-" + field + ".html").startsWith("<div>"), field);
            assertTrue(
                    form.contains("field=\"" + field + "\"")
                            || !parameter.getTitle().isEmpty(),
                    () -> field + " is not in the form of " + type + " and has no @FormTitle");
        });
    }

    /** The help is that of the step for one job. */
    @Test
    void everyFieldOfAnAllocationIsShown() {
        String form = read(SlurmAllocationStep.class, "config.jelly");
        assertTrue(form.startsWith("<?jelly escape-by-default='true'?>"));
        assertTrue(read(SlurmAllocationStep.class, "help.html").startsWith("<div>"));
        Map<String, StepParameter> single = StepArguments.parameters(SlurmApptainerStep.class);
        StepArguments.parameters(SlurmAllocationStep.class).forEach((field, parameter) -> {
            assertTrue(single.containsKey(field), field);
            assertTrue(
                    form.contains("field=\"" + field + "\"")
                            || !parameter.getTitle().isEmpty(),
                    field);
        });
        assertEquals(
                Set.of(),
                fields(form).stream()
                        .filter(field -> !StepArguments.parameters(SlurmAllocationStep.class)
                                .containsKey(field))
                        .collect(Collectors.toSet()));
    }

    private static Set<String> fields(String form) {
        return Pattern.compile("field=\"([A-Za-z]+)\"")
                .matcher(form)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String read(Class<?> type, String name) {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + "/" + name)) {
            assertNotNull(in, name + " of " + type);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
