package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the step's form takes from the parameters of the step. */
class StepFormTest {
    private static final Pattern PLACED = Pattern.compile("field=\"(\\w+)\"");

    private final StepForm form = new SlurmApptainerStep.DescriptorImpl();

    private List<String> titled() {
        return form.getTitled().stream().map(StepParameter::getName).toList();
    }

    private static List<String> placed() throws IOException {
        try (InputStream in = SlurmApptainerStep.class.getResourceAsStream("SlurmApptainerStep/config.jelly")) {
            String view = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PLACED.matcher(view).results().map(found -> found.group(1)).toList();
        }
    }

    private static Set<String> parameters() {
        return StepArguments.parameters(SlurmApptainerStep.class).keySet();
    }

    @Test
    void everyParameterIsShownOnce() throws IOException {
        List<String> shown = new ArrayList<>(placed());
        shown.addAll(titled());
        assertEquals(List.copyOf(parameters()), shown.stream().sorted().toList());
    }

    /** A button sends the fields that it names, and no others. */
    @Test
    void previewGetsEveryField() {
        Set<String> fields = new TreeSet<>(parameters());
        // They have no effect on what is submitted, and a build step has none.
        fields.removeAll(Set.of("returnStatus", "returnStdout", "propagate", "label"));
        assertEquals(String.join(",", fields), form.getPreviewed());
    }

    @Test
    void slurmsOptionsAndThoseOfTheRunAreParameters() {
        Stream.of(
                        Arrays.stream(Directive.values()).map(Directive::field),
                        Arrays.stream(LaunchOption.values()).map(LaunchOption::field))
                .flatMap(names -> names)
                .forEach(name -> assertTrue(parameters().contains(name), name));
    }

    @Test
    void theFormShowsParametersInTheirOrder() {
        List<String> titled = titled();
        assertEquals(List.of("jobName", "account", "qos", "nodes", "ntasks"), titled.subList(0, 5));
        assertTrue(titled.indexOf("signal") < titled.indexOf("containall"), titled::toString);
        assertTrue(titled.indexOf("containall") < titled.indexOf("scriptFile"), titled::toString);
    }

    @Test
    void aFieldHasTheControlOfItsType() {
        StepParameter exclusive =
                StepArguments.parameters(SlurmApptainerStep.class).get("exclusive");
        assertEquals("Whole nodes for this job alone", exclusive.getTitle());
        assertTrue(exclusive.isFlag());
        assertTrue(
                StepArguments.parameters(SlurmApptainerStep.class).get("nodes").isNumber());
    }
}
