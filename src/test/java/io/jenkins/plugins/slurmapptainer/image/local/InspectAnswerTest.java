package io.jenkins.plugins.slurmapptainer.image.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectAnswerTest {
    private static FoundImage.Inspection read(String labels) {
        return InspectAnswer.read("{\"data\":{\"attributes\":{\"labels\":" + labels + "}},\"type\":\"container\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "org.label-schema.build-date,Sunday_22_November_2026_23:54:48_UTC,2026-11-22T23:54:48Z",
        "org.label-schema.build-date,Monday_1_June_2020_1:02:03_UTC,2020-06-01T01:02:03Z",
        "org.opencontainers.image.created,2024-02-29T12:00:00+02:00,2024-02-29T10:00:00Z",
        "org.opencontainers.image.created,2024-02-29T12:00:00.123456789Z,2024-02-29T12:00:00.123Z",
        "org.label-schema.build-date,yesterday,1970-01-01T00:00:00Z",
        "org.label-schema.build-date,1969-01-01T00:00:00Z,1970-01-01T00:00:00Z",
        "other,2024-02-29T12:00:00Z,1970-01-01T00:00:00Z"
    })
    void theBuildDateIsRead(String label, String text, Instant date) {
        assertEquals(
                date,
                Instant.ofEpochMilli(
                        read("{\"" + label + "\":\"" + text + "\"}").built()));
    }

    @Test
    void labelsBecomeShortLines() {
        Map<String, String> labels = read("{\"a\":\" 1\\n2\\u0007 \\u2028x\",\"b\":null,\"c\":7,\"d\":\""
                        + "y".repeat(5000) + "\",\"" + "k".repeat(5000) + "\":\"\"}")
                .labels();
        assertEquals("1 2 x", labels.get("a"));
        assertEquals("7", labels.get("c"));
        assertEquals(1000, labels.get("d").length());
        assertEquals(4, labels.size());
        assertTrue(labels.keySet().stream().allMatch(name -> name.length() <= 200));
        String many = IntStream.range(0, 1000)
                .mapToObj(i -> "\"l" + i + "\":\"x\"")
                .collect(Collectors.joining(",", "{", "}"));
        assertEquals(100, read(many).labels().size());
    }

    @Test
    void anImageWithoutLabelsHasNone() {
        assertEquals(Map.of(), read("null").labels());
        assertEquals(Map.of(), InspectAnswer.read("{}").labels());
        assertEquals(Map.of(), InspectAnswer.read("[1]").labels());
        assertThrows(IllegalArgumentException.class, () -> InspectAnswer.read("WARNING: x"));
    }
}
