package io.jenkins.plugins.slurmapptainer.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Median and 95th percentile of a sample, as text. */
final class Figures {
    private final double[] sorted;

    Figures(Collection<Double> values) {
        sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** The smallest value that at least this share of the sample does not exceed. */
    double percentile(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, rank - 1)];
    }

    double median() {
        return percentile(50);
    }

    int count() {
        return sorted.length;
    }

    /** For a table: {@code 0.31 s (p95 0.62 s, n = 30)}. */
    String text(String unit, int digits) {
        String form = "%." + digits + "f " + unit + " (p95 %." + digits + "f, max %." + digits + "f, n = %d)";
        return String.format(
                Locale.ROOT,
                form,
                median(),
                percentile(95),
                Arrays.stream(sorted).max().orElse(Double.NaN),
                count());
    }
}
