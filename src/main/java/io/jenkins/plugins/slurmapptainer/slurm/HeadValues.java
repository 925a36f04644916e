package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rewrites values that {@code sbatch} reads in one way but people may read in another. Parameters need an unambiguous
 * form. The script has run with {@code sbatch}, so {@code sbatch}'s reading is meant.
 */
final class HeadValues {
    private static final Pattern SIZE = Pattern.compile("\\+?([0-9]+)([KMGTkmgt]?)[Bb]?");
    private static final Pattern MINUTES = Pattern.compile("([0-9]{1,7}):([0-9]{1,7})");
    private static final Pattern CLOCK =
            Pattern.compile("(?:([0-9]{1,4})-)?([0-9]{1,7})(?::([0-9]{1,7}))?(?::([0-9]{1,7}))?");
    private static final Pattern COUNT = Pattern.compile("\\+?0*([1-9][0-9]{0,6})([KMkm]?)");
    private static final Pattern SIGNAL = Pattern.compile("(?:[Bb]?:)?(?:SIG)?([A-Za-z0-9]+)(@[0-9]+)?");
    private static final Pattern NOW = Pattern.compile("(?i)now *(\\+.*)?|noon");
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
            case NODES:
                return nodes(value);
            case NTASKS:
            case CPUS_PER_TASK:
                return count(value);
            case BEGIN:
                return NOW.matcher(value).matches() ? value.replace(" ", "").toLowerCase(Locale.ROOT) : value;
            case ARRAY:
                // slurmctld removes brackets, and zeros before the limit.
                return value.replaceFirst("^\\[(.*)](%[0-9]+)?$", "$1$2").replaceFirst("%0+(?=[1-9])", "%");
            default:
                return value;
        }
    }

    /** The value of another option. */
    static String of(String option, String value) {
        return option.startsWith("mem-per-") ? size(value) : value;
    }

    /** Without a unit, megabytes are meant. */
    private static String size(String value) {
        Matcher size = SIZE.matcher(value);
        if (!size.matches() || size.group(1).matches("0+")) {
            return value;
        }
        return size.group(1) + (size.group(2).isEmpty() ? "M" : size.group(2).toUpperCase(Locale.ROOT));
    }

    /** The letters of {@code --nodes} are units of 1024 and of 1024 × 1024. */
    private static String nodes(String value) {
        return Arrays.stream(value.split("-", -1)).map(HeadValues::number).collect(Collectors.joining("-"));
    }

    private static String number(String written) {
        Matcher count = COUNT.matcher(written);
        if (!count.matches()) {
            return written;
        }
        String letter = count.group(2).toLowerCase(Locale.ROOT);
        int unit = letter.isEmpty() ? 1 : letter.equals("k") ? 1024 : 1024 * 1024;
        return String.valueOf(Long.parseLong(count.group(1)) * unit);
    }

    private static String count(String value) {
        Matcher count = COUNT.matcher(value);
        return count.matches() && count.group(2).isEmpty() ? count.group(1) : value;
    }

    /** Two numbers are minutes and seconds. More than 59 of either are carried over, also after hours and days. */
    private static String time(String value) {
        if (value.equals("-1")) {
            return "UNLIMITED";
        }
        Matcher minutes = MINUTES.matcher(value);
        if (minutes.matches()) {
            return clock(60 * Long.parseLong(minutes.group(1)) + Long.parseLong(minutes.group(2)));
        }
        Matcher parts = CLOCK.matcher(value);
        if (!parts.matches() || number(parts, 3) < 60 && number(parts, 4) < 60) {
            return value;
        }
        return clock(60 * (60 * (24 * number(parts, 1) + number(parts, 2)) + number(parts, 3)) + number(parts, 4));
    }

    private static long number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /**
     * The letter that makes {@code sbatch} signal the batch shell too is removed, because the program always gets the
     * signal.
     */
    private static String signal(String value) {
        Matcher parts = SIGNAL.matcher(value);
        if (!parts.matches()) {
            return value;
        }
        String name = parts.group(1).toUpperCase(Locale.ROOT);
        return SIGNALS.getOrDefault(name, name) + (parts.group(2) == null ? "" : parts.group(2));
    }
}
