package io.jenkins.plugins.slurmapptainer.job;

import java.util.Locale;
import java.util.Optional;

/** The forms of {@code --mem}. */
public final class MemorySize {
    private static final String UNITS = "KMGT";
    private static final int STEP = 1024;

    private MemorySize() {}

    /**
     * Reads a value that {@link Directive#MEMORY} has accepted. Without a unit it means megabytes.
     *
     * @return kilobytes; empty for {@code 0}, which requests all memory of a node
     */
    public static Optional<Long> kilobytes(String text) {
        String digits = text.replaceFirst("[^0-9].*", "");
        String unit = text.substring(digits.length()).toUpperCase(Locale.ROOT);
        long size = Long.parseLong(digits);
        for (int i = 0; i < UNITS.indexOf(unit.isEmpty() ? 'M' : unit.charAt(0)); i++) {
            size *= STEP;
        }
        return size == 0 ? Optional.empty() : Optional.of(size);
    }
}
