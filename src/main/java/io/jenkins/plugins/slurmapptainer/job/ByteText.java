package io.jenkins.plugins.slurmapptainer.job;

import java.util.Locale;

/** Writes sizes for people. All sizes that the plugin shows are written here. */
public final class ByteText {
    private static final int THOUSAND = 1000;
    private static final String UNITS = "kMGTPE";
    private static final int STEP = 1024;
    private static final String STEPS = "KMGTPE";

    private ByteText() {}

    /** For example {@code 999 bytes}, {@code 1.5 kB}, {@code 12.0 GB}. The units are decimal, as for disks. */
    public static String of(long bytes) {
        if (bytes < THOUSAND) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        double value = bytes;
        int unit = -1;
        // Otherwise 999.95 would be printed as 1000.0.
        while (value >= THOUSAND - 0.05) {
            value /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", value, UNITS.charAt(unit));
    }

    /**
     * Writes exactly this number in the notation of options and limits, with the largest unit that divides it:
     * {@code 1500K}, {@code 512M}.
     */
    public static String exactly(long bytes) {
        long value = bytes / STEP;
        int unit = 0;
        while (value != 0 && value % STEP == 0) {
            value /= STEP;
            unit++;
        }
        return value + STEPS.substring(unit, unit + 1);
    }

    /**
     * Rounds to the units of Slurm's options and the plugin's limits, which are powers of 1024: {@code 512M},
     * {@code 1.9G}.
     */
    public static String inUnitsOfOptions(long bytes) {
        long size = STEP;
        int unit = 0;
        while (bytes / STEP >= size) {
            size *= STEP;
            unit++;
        }
        boolean whole = unit < STEPS.indexOf('G') || bytes % size == 0;
        return String.format(Locale.ROOT, whole ? "%.0f%c" : "%.1f%c", (double) bytes / size, STEPS.charAt(unit));
    }
}
