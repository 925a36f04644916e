package io.jenkins.plugins.slurmapptainer.engine;

import java.util.Locale;

/** A number of bytes for people. */
public final class ByteText {
    private static final int THOUSAND = 1000;
    private static final String UNITS = "kMGTPE";

    private ByteText() {}

    /** For example {@code 999 bytes}, {@code 1.5 kB}, {@code 12.0 GB}: decimal units, as disks are sold. */
    public static String of(long bytes) {
        if (bytes < THOUSAND) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        double value = bytes;
        int unit = -1;
        // 999.95 would be printed as 1000.0.
        while (value >= THOUSAND - 0.05) {
            value /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", value, UNITS.charAt(unit));
    }
}
