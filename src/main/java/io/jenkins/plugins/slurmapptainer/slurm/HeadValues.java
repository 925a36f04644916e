package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that {@code sbatch} reads in one way only, although somebody may mean another one, in the unmistakable form that
 * parameters want: in a script that has run with {@code sbatch}, its reading is what is meant.
 */
final class HeadValues {
    private static final Pattern SIZE = Pattern.compile("([0-9]+)([KMGTkmgt]?)[Bb]?");
    private static final Pattern MINUTES = Pattern.compile("([0-9]{1,7}):([0-9]{1,7})");
    private static final Pattern SIGNAL = Pattern.compile("(?:[Bb]?:)?(?:SIG)?([A-Za-z0-9]+)(@[0-9]+)?");
    private static final Map<String, String> SIGNALS =
            Map.of("1", "HUP", "2", "INT", "10", "USR1", "12", "USR2", "15", "TERM");

    private HeadValues() {}

    /** The value of a directive. */
    static String of(Directive directive, String value) {
        switch (directive) {
            case MEMORY:
                return size(value);
            case TIME:
                return time(value);
            case SIGNAL:
                return signal(value);
            case ARRAY:
                // slurmctld drops them.
                return value.replaceFirst("^\\[(.*)](%[0-9]+)?$", "$1$2");
            default:
                return value;
        }
    }

    /** The value of another option. */
    static String of(String option, String value) {
        return option.startsWith("mem-per-") ? size(value) : value;
    }

    /** Without a unit it means megabytes. */
    private static String size(String value) {
        Matcher size = SIZE.matcher(value);
        if (!size.matches() || size.group(1).matches("0+")) {
            return value;
        }
        return size.group(1) + (size.group(2).isEmpty() ? "M" : size.group(2).toUpperCase(Locale.ROOT));
    }

    /** Two numbers are minutes and seconds, and more than 59 of either carry over. */
    private static String time(String value) {
        if (value.equals("-1")) {
            return "UNLIMITED";
        }
        Matcher parts = MINUTES.matcher(value);
        if (!parts.matches()) {
            return value;
        }
        long seconds = 60 * Long.parseLong(parts.group(1)) + Long.parseLong(parts.group(2));
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** The program gets it with or without the letter that asks {@code sbatch} to signal the batch shell, too. */
    private static String signal(String value) {
        Matcher parts = SIGNAL.matcher(value);
        if (!parts.matches()) {
            return value;
        }
        String name = parts.group(1).toUpperCase(Locale.ROOT);
        return SIGNALS.getOrDefault(name, name) + (parts.group(2) == null ? "" : parts.group(2));
    }
}
