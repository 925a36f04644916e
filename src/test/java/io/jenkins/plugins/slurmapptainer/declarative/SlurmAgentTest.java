package io.jenkins.plugins.slurmapptainer.declarative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.pipeline.SlurmAllocationStep;
import io.jenkins.plugins.slurmapptainer.pipeline.StepArguments;
import io.jenkins.plugins.slurmapptainer.pipeline.StepParameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of the agent; SlurmAgentJenkinsTest: Pipelines that have it. */
class SlurmAgentTest {
    private static final Set<String> OWN = Set.of("label", "customWorkspace", "reuseNode", "retries");

    /** The agent has to name them once more, and so may miss one. */
    @Test
    void hasTheOptionsOfTheStep() {
        Map<String, Class<?>> options = types(SlurmAgent.class);
        options.keySet().removeAll(OWN);
        Map<String, Class<?>> wanted = types(SlurmAllocationStep.class);
        wanted.remove("label");
        assertEquals(wanted, options);
    }

    private static Map<String, Class<?>> types(Class<?> type) {
        return StepArguments.parameters(type).values().stream()
                .collect(Collectors.toMap(
                        StepParameter::getName, StepParameter::getType, (one, other) -> one, TreeMap::new));
    }

    @Test
    void handsTheOptionsOnThatAreSet() {
        SlurmAgent agent = new SlurmAgent();
        assertEquals(Map.of(), agent.getArguments());
        agent.label = "head-node";
        agent.customWorkspace = "/shared/w";
        agent.reuseNode = true;
        agent.image = "gcc_13";
        agent.cpusPerTask = 16;
        agent.options = List.of("--licenses=a");
        agent.exclusive = true;
        assertEquals(
                Map.of("image", "gcc_13", "cpusPerTask", 16, "options", List.of("--licenses=a"), "exclusive", true),
                agent.getArguments());
    }

    /** Lists are not: Jenkins writes them without the parentheses that they need in an agent. */
    @Test
    void everyFieldIsInTheForm() throws IOException {
        String form = read("config.jelly");
        StepArguments.parameters(SlurmAllocationStep.class).values().stream()
                .filter(option -> option.getTitle().isEmpty() && option.getType() != List.class)
                .forEach(option -> assertTrue(form.contains("field=\"" + option.getName() + "\""), option.getName()));
        for (String field : Set.of("label", "customWorkspace", "reuseNode")) {
            assertTrue(form.contains("field=\"" + field + "\""), field);
        }
        assertTrue(form.contains("<st:include page=\"retries\""));
    }

    /** That of the options is the step's. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-label", "-customWorkspace", "-reuseNode", "-retries"})
    void itsOwnFieldsAreExplained(String suffix) throws IOException {
        assertTrue(read("help" + suffix + ".html").startsWith("<div>"));
    }

    private static String read(String name) throws IOException {
        try (InputStream in = SlurmAgent.class.getResourceAsStream("SlurmAgent/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
