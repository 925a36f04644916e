package io.jenkins.plugins.slurmapptainer.job;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How much a value of a countable option requests, in the option's unit, so that values can be compared.
 *
 * @param least the least value of a range; otherwise the same as {@code most}
 * @param most {@link Long#MAX_VALUE} for a value that means no limit
 */
public record Amount(long least, long most) {
    private static final Set<Directive> COUNTABLE = EnumSet.of(
            Directive.NODES,
            Directive.NTASKS,
            Directive.CPUS_PER_TASK,
            Directive.MEMORY,
            Directive.TIME,
            Directive.GPUS);

    /** Whether values of the option can be compared. */
    public static boolean isCountable(Directive directive) {
        return COUNTABLE.contains(directive);
    }

    /**
     * Reads a value of a countable option.
     *
     * @throws InvalidRequestException when it cannot be read
     */
    public static Amount of(Directive directive, String value) {
        directive.check(value);
        switch (directive) {
            case MEMORY:
                return exactly(MemorySize.kilobytes(value).orElse(Long.MAX_VALUE));
            case TIME:
                return exactly(
                        SlurmDuration.read(value).map(Duration::toSeconds).orElse(Long.MAX_VALUE));
            case GPUS:
                return exactly(AskedResources.count(value));
            default:
                String[] ends = value.split("-");
                return new Amount(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
        }
    }

    private static Amount exactly(long number) {
        return new Amount(number, number);
    }
}
