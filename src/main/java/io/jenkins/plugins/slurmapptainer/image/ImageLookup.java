package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the image that somebody means: by id, else by file name; otherwise the error names what comes near. */
public final class ImageLookup {
    private static final int SUGGESTIONS = 3;

    private ImageLookup() {}

    /** @throws InvalidRequestException when there is no such image, with the nearest ids */
    public static ImageRecord find(Collection<ImageRecord> images, String wanted) {
        return images.stream()
                .filter(image -> image.id().equals(wanted))
                .findFirst()
                .or(() -> images.stream()
                        .filter(image -> image.name().equals(wanted))
                        .findFirst())
                .orElseThrow(() -> new InvalidRequestException("image", unknown(images, wanted)));
    }

    private static String unknown(Collection<ImageRecord> images, String wanted) {
        String problem = "there is no image '" + Printable.of(wanted) + "' in the catalog";
        if (images.isEmpty()) {
            return problem + ", which is empty; an administrator adds images in Manage Jenkins, System";
        }
        List<String> near = nearMisses(images, wanted);
        return near.isEmpty()
                ? problem + " (it has " + images.size() + " images)"
                : problem + "; did you mean " + String.join(" or ", near) + "?";
    }

    /** Ids that resemble the text, nearest first, quoted. */
    static List<String> nearMisses(Collection<ImageRecord> images, String wanted) {
        String text = wanted.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(2, text.length() / 3);
        return images.stream()
                .map(ImageRecord::id)
                .distinct()
                .filter(id -> distance(id.toLowerCase(Locale.ROOT), text) <= tolerance
                        || stem(id).equals(stem(wanted)))
                .sorted(Comparator.<String>comparingInt(id -> distance(id.toLowerCase(Locale.ROOT), text))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTIONS)
                .map(id -> "'" + id + "'")
                .collect(Collectors.toList());
    }

    /** What stands before version and suffix: {@code python} in {@code python_3.11}, {@code Python-3.12}. */
    private static String stem(String id) {
        return id.toLowerCase(Locale.ROOT).split("[^a-z]", 2)[0];
    }

    /** Number of single-character changes between two texts (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
