package io.jenkins.plugins.slurmapptainer.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A search in the catalog. Empty fields match everything.
 *
 * @param text words that must all occur in id, name, type, description, aliases or labels, ignoring case
 * @param type exactly this type
 * @param status as in {@link ImageRecord#status()}
 * @param source {@code declared} or {@code discovered}
 * @param cluster name of a cluster that has the image
 */
public record ImageQuery(String text, String type, String status, String source, String cluster)
        implements Predicate<ImageRecord> {
    /** A longer text finds nothing, because every image is searched for it. */
    private static final int MAX_TEXT = 500;

    public static final ImageQuery ALL = new ImageQuery("", "", "", "", "");

    @Override
    public boolean test(ImageRecord image) {
        return (type.isEmpty() || type.equals(image.type()))
                && (status.isEmpty() || status.equals(image.status()))
                && (source.isEmpty() || source.equals(image.origin().word()))
                && image.origin().isOn(cluster)
                && (text.isBlank() || text.length() <= MAX_TEXT && textOf(image).containsAll(text));
    }

    private static Words textOf(ImageRecord image) {
        ImageNotes notes = image.notes();
        return new Words(String.join(
                        "\n",
                        image.id(),
                        image.name(),
                        image.type(),
                        image.version(),
                        notes.description(),
                        String.join("\n", notes.aliases()),
                        String.join("\n", image.file().labels().values()))
                .toLowerCase(Locale.ROOT));
    }

    private record Words(String haystack) {
        boolean containsAll(String text) {
            List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .distinct()
                    .collect(Collectors.toList());
            return words.stream().allMatch(haystack::contains);
        }
    }
}
