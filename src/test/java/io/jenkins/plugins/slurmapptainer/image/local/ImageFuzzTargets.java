package io.jenkins.plugins.slurmapptainer.image.local;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.fuzz.FuzzTarget;
import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Readers of what stands in image files. */
public final class ImageFuzzTargets {
    private static final String LABELS =
            "{\"data\":{\"attributes\":{\"labels\":{\"org.label-schema.build-date\":\"Monday_5_January_2026_12:0:0_UTC\",\"a\":\"b\"}}},\"type\":\"container\"}";

    private ImageFuzzTargets() {}

    public static List<FuzzTarget> all() throws IOException {
        Path file = Files.createTempFile("fuzz", ".sif");
        file.toFile().deleteOnExit();
        return List.of(
                FuzzTarget.ofText(
                        "json",
                        Json::parse,
                        List.of(LABELS, "[1, -2.5e3, true, null, \"a\\u00e9\\n\\\"\", {}, []]"),
                        IllegalArgumentException.class),
                FuzzTarget.ofText("labels", ImageFuzzTargets::labels, List.of(LABELS), IllegalArgumentException.class),
                new FuzzTarget(
                        "sif",
                        List.of(SampleSif.bytes(LABELS.getBytes(StandardCharsets.UTF_8), "inspect-metadata.json")),
                        List.of(IOException.class, BrokenImageException.class),
                        input -> {
                            Files.write(file, input);
                            SifFile.metadata(file).ifPresent(text -> assertTrue(text.length() <= input.length));
                        }));
    }

    private static void labels(String text) {
        FoundImage.Inspection inspection = InspectAnswer.read(text);
        assertTrue(inspection == null || inspection.built() >= 0);
    }
}
