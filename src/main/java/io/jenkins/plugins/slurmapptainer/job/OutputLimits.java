package io.jenkins.plugins.slurmapptainer.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * The most that one job may copy back as outputs. Slurm does not know these limits.
 *
 * @param size of all files together, with a unit of 1024 like {@code --mem}; {@code null} for no limit
 * @param files number of files, {@code null} for no limit
 */
public record OutputLimits(
        @CheckForNull String size, @CheckForNull Integer files) {
    public static final OutputLimits NONE = new OutputLimits(null, null);

    private static final int KILO = 1024;

    /** @throws InvalidRequestException for a limit that cannot be read */
    public OutputLimits {
        if (size != null && (!size.matches("[0-9]{1,9}[KMGTkmgt][Bb]?") || bytes(size) == 0)) {
            throw new InvalidRequestException(
                    "outputsSize",
                    "'" + Printable.of(size) + "' is not a size with a unit, for example '10G' or '500M'");
        }
        if (files != null && files < 1) {
            throw new InvalidRequestException(
                    "outputsFiles", files + " is not a valid limit; leave it empty for no limit");
        }
    }

    /** The size in bytes, 0 for no limit. */
    public long bytes() {
        return size == null ? 0 : bytes(size);
    }

    private static long bytes(String size) {
        return MemorySize.kilobytes(size).map(kilobytes -> kilobytes * KILO).orElse(0L);
    }
}
