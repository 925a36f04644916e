package io.jenkins.plugins.slurmapptainer.job;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time span in the notation of {@code sbatch --time}: minutes, {@code mm:ss}, {@code hh:mm:ss},
 * {@code d-hh[:mm[:ss]]}.
 */
public final class SlurmDuration {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<days>[0-9]{1,4})-(?<h>[0-9]{1,2})(?::(?<m>[0-5]?[0-9]))?(?::(?<s>[0-5]?[0-9]))?"
                    + "|(?:(?<hours>[0-9]{1,7}):(?=[0-5]?[0-9]:))?(?<minutes>[0-9]{1,7})(?::(?<seconds>[0-5]?[0-9]))?)");

    private SlurmDuration() {}

    /**
     * Reads a time span.
     *
     * @param field the parameter for error messages
     * @throws InvalidRequestException when the text is no time span or an unlimited one, or when people may read it
     *     differently
     */
    public static Duration parse(String field, String text) {
        Ambiguity.ofTime(text).ifPresent(readings -> {
            throw new InvalidRequestException(field, readings);
        });
        return read(text)
                .orElseThrow(
                        () -> new InvalidRequestException(
                                field,
                                "'" + Printable.of(text)
                                        + "' is not a time span; write minutes, 'hh:mm:ss' or 'days-hh:mm:ss', for example '02:00:00'"));
    }

    /** The time span; empty for other texts and for no limit, which {@code sbatch} writes as 0 or {@code UNLIMITED}. */
    static Optional<Duration> read(String text) {
        return Optional.of(FORM.matcher(text))
                .filter(Matcher::matches)
                .map(parts -> Duration.ofDays(number(parts, "days"))
                        .plusHours(number(parts, "h") + number(parts, "hours"))
                        .plusMinutes(number(parts, "m") + number(parts, "minutes"))
                        .plusSeconds(number(parts, "s") + number(parts, "seconds")))
                .filter(span -> !span.isZero());
    }

    private static long number(Matcher m, String group) {
        return m.group(group) == null ? 0 : Long.parseLong(m.group(group));
    }
}
