package io.jenkins.plugins.slurmapptainer.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what somebody may have meant by a name that does not exist. */
public final class NearMisses {
    private static final int MAX = 3;
    /** A longer text is no typing error, and it would be compared with many names. */
    private static final int MAX_LENGTH = 100;

    private NearMisses() {}

    /** Up to three names that resemble the wanted one, nearest first, in quotes. */
    public static List<String> of(Collection<String> names, String wanted) {
        if (wanted.length() > MAX_LENGTH) {
            return List.of();
        }
        int tolerance = Math.max(2, wanted.length() / 3);
        String stem = stem(wanted);
        return names.stream()
                .filter(name -> name.length() <= MAX_LENGTH)
                .distinct()
                .map(name -> new Candidate(name, distance(name, wanted)))
                .filter(candidate -> candidate.distance <= tolerance
                        || !stem.isEmpty() && stem(candidate.name).equals(stem))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MAX)
                .map(candidate -> "'" + candidate.name + "'")
                .collect(Collectors.toList());
    }

    private record Candidate(String name, int distance) {}

    /** The part before version and suffix: {@code python} in {@code python_3.11} and {@code Python-3.12}. */
    private static String stem(String name) {
        return name.toLowerCase(Locale.ROOT).split("[^a-z]", 2)[0];
    }

    /** Number of single-character changes between two texts, ignoring case (Levenshtein). */
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
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
