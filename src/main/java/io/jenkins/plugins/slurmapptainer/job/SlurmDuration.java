package io.jenkins.plugins.slurmapptainer.job;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time span as {@code sbatch --time} takes it: minutes, {@code mm:ss}, {@code hh:mm:ss}, {@code d-hh[:mm[:ss]]}. */
public final class SlurmDuration {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<days>[0-9]{1,4})-(?<h>[0-9]{1,2})(?::(?<m>[0-5]?[0-9]))?(?::(?<s>[0-5]?[0-9]))?"
                    + "|(?:(?<hours>[0-9]{1,7}):(?=[0-5]?[0-9]:))?(?<minutes>[0-9]{1,7})(?::(?<seconds>[0-5]?[0-9]))?)");

    private SlurmDuration() {}

    /**
     * Reads a time span.
     *
     * @param field the parameter to name when it is wrong
     * @throws InvalidRequestException when it is no time span, or none at all
     */
    public static Duration parse(String field, String text) {
        Matcher m = FORM.matcher(text);
        Duration span = m.matches()
                ? Duration.ofDays(number(m, "days"))
                        .plusHours(number(m, "h") + number(m, "hours"))
                        .plusMinutes(number(m, "m") + number(m, "minutes"))
                        .plusSeconds(number(m, "s") + number(m, "seconds"))
                : Duration.ZERO;
        if (span.isZero()) {
            throw new InvalidRequestException(
                    field,
                    "'" + Printable.of(text)
                            + "' is not a time span; write minutes, 'hh:mm:ss' or 'days-hh:mm:ss', for example '02:00:00'");
        }
        return span;
    }

    private static long number(Matcher m, String group) {
        return m.group(group) == null ? 0 : Long.parseLong(m.group(group));
    }
}
