package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the output of {@code apptainer inspect --json}. Images contain the same text. */
final class InspectAnswer {
    private static final int MAX_LABELS = 100;
    private static final int MAX_NAME = 200;
    private static final int MAX_VALUE = 1000;
    /** Apptainer's own label, then the one of images from registries. */
    private static final List<String> BUILD_DATES =
            List.of("org.label-schema.build-date", "org.opencontainers.image.created", "build-date");

    private static final DateTimeFormatter APPTAINERS = DateTimeFormatter.ofPattern(
                    "EEEE_d_MMMM_yyyy_H:mm:ss", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private InspectAnswer() {}

    /** @throws IllegalArgumentException for any other text */
    static FoundImage.Inspection read(String json) {
        Object labels = attributes(json).get("labels");
        TreeMap<String, String> texts = new TreeMap<>();
        if (labels instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null && texts.size() < MAX_LABELS) {
                    texts.put(line(name.toString(), MAX_NAME), line(value.toString(), MAX_VALUE));
                }
            });
        }
        return new FoundImage.Inspection(built(texts), texts);
    }

    /**
     * All attributes of the image in the answer, by name.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Map<?, ?> attributes(String json) {
        return member(member(Json.parse(json), "data"), "attributes") instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Object member(Object object, String name) {
        return object instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static String line(String text, int length) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        return line.length() <= length ? line : line.substring(0, length - 1) + "…";
    }

    private static long built(Map<String, String> labels) {
        return BUILD_DATES.stream()
                .map(labels::get)
                .filter(Objects::nonNull)
                .flatMap(InspectAnswer::date)
                .map(Instant::toEpochMilli)
                .filter(time -> time > 0)
                .findFirst()
                .orElse(0L);
    }

    /** Reads {@code Sunday_22_November_2026_23:54:48_UTC}, or ISO 8601. */
    private static Stream<Instant> date(String text) {
        try {
            return Stream.of(
                    text.contains("_")
                            ? Instant.from(APPTAINERS.parse(text.substring(0, text.lastIndexOf('_'))))
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Stream.empty();
        }
    }
}
