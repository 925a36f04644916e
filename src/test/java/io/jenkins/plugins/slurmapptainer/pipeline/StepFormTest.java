package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StepFormTest {
    /** A button sends the fields that it names, and no others. */
    @Test
    void previewGetsEveryField() throws IOException {
        String form = form();
        Set<String> fields = new TreeSet<>();
        Matcher field = Pattern.compile("field=\"(\\w+)\"").matcher(form);
        while (field.find()) {
            fields.add(field.group(1));
        }
        // They have no effect on what is submitted, and a build step has none.
        fields.removeAll(Set.of("returnStatus", "returnStdout", "propagate", "label"));
        Matcher sent =
                Pattern.compile("method=\"preview\"\\s+with=\"([^\"]*)\"").matcher(form);
        assertEquals(true, sent.find());
        assertEquals(fields, new TreeSet<>(Set.of(sent.group(1).split(","))));
    }

    private static String form() throws IOException {
        try (InputStream in = SlurmApptainerStep.class.getResourceAsStream("SlurmApptainerStep/config.jelly")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
