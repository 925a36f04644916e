package io.jenkins.plugins.slurmapptainer.job;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that Slurm accepts but reads differently from what many people mean who write them in a Jenkinsfile or a form:
 * {@code 1:30} is a minute and a half, and a memory of {@code 16} means megabytes (sbatch(1), 22.05 to 26.05).
 */
final class Ambiguity {
    private static final Pattern TWO_PARTS = Pattern.compile("([0-9]{1,7}):([0-5]?[0-9])");
    private static final Pattern BARE = Pattern.compile("0*[1-9][0-9]*");
    private static final int MINUTES = 60;

    private Ambiguity() {}

    /** If a time span can be read in two ways: both readings, and how to write each. */
    static Optional<String> ofTime(String value) {
        Matcher parts = TWO_PARTS.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(parts.group(1));
        int second = Integer.parseInt(parts.group(2));
        return Optional.of(String.format(
                Locale.ROOT,
                "'%s' is %s and %s to Slurm, where others read %s and %s; write '%02d:%02d:%02d' or '%02d:%02d:00'",
                value,
                count(first, "minute"),
                count(second, "second"),
                count(first, "hour"),
                count(second, "minute"),
                first / MINUTES,
                first % MINUTES,
                second,
                first,
                second));
    }

    /** If a memory size can be read in two ways: both readings, and how to write each. */
    static Optional<String> ofMemory(String value) {
        return BARE.matcher(value).matches()
                ? Optional.of("'" + value + "' is " + value + " MB to Slurm, where others read " + value
                        + " GB; write '" + value + "M' or '" + value + "G'")
                : Optional.empty();
    }

    private static String count(int number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
