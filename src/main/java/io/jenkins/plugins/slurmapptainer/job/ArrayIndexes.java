package io.jenkins.plugins.slurmapptainer.job;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tasks of a job array, in the notation of {@code sbatch --array} and {@code squeue}: {@code 0-15:4,20%3}
 * (sbatch(1), Slurm 22.05 to 26.05).
 *
 * @param indexes the tasks in ascending order, without duplicates
 * @param limit how many of them may run at once, 0 for any number
 */
public record ArrayIndexes(List<Integer> indexes, int limit) {
    /** Every task is tracked and saved with its build, so larger arrays must be split. */
    public static final int MAX_TASKS = 10_000;

    /** Ranges may overlap, but only up to a limit. */
    private static final int MAX_NAMED = 10 * MAX_TASKS;

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,7})(?:-([0-9]{1,7})(?::([1-9][0-9]{0,6}))?)?");

    public ArrayIndexes {
        indexes = List.copyOf(indexes);
    }

    /**
     * Reads the tasks that a build requests.
     *
     * @throws InvalidRequestException when {@code sbatch} could not understand it, or there are too many tasks
     */
    public static ArrayIndexes parse(String written) {
        String text = Directive.ARRAY.check(written);
        int percent = text.indexOf('%');
        String ranges = percent < 0 ? text : text.substring(0, percent);
        SortedSet<Integer> indexes = new TreeSet<>();
        int named = 0;
        for (String range : ranges.split(",")) {
            named += add(range, indexes);
            if (named > MAX_NAMED) {
                throw tooMany();
            }
        }
        return new ArrayIndexes(List.copyOf(indexes), percent < 0 ? 0 : Integer.parseInt(text.substring(percent + 1)));
    }

    private static InvalidRequestException tooMany() {
        return new InvalidRequestException(
                Directive.ARRAY.field(),
                "there are more than " + MAX_TASKS
                        + " tasks; let each task do more, or use several steps with a part of the tasks each");
    }

    /** @return how many indexes the range names, including those that were known already */
    private static int add(String range, SortedSet<Integer> indexes) {
        Matcher m = RANGE.matcher(range);
        if (!m.matches()) {
            throw new InvalidRequestException(
                    Directive.ARRAY.field(), "'" + Printable.of(range) + "' is not a range such as 0-99 or 0-99:3");
        }
        int first = Integer.parseInt(m.group(1));
        int last = m.group(2) == null ? first : Integer.parseInt(m.group(2));
        int step = m.group(3) == null ? 1 : Integer.parseInt(m.group(3));
        if (last < first) {
            throw new InvalidRequestException(
                    Directive.ARRAY.field(), "'" + range + "' ends before it begins; write the smaller index first");
        }
        for (long index = first; index <= last; index += step) {
            indexes.add((int) index);
            if (indexes.size() > MAX_TASKS) {
                throw tooMany();
            }
        }
        return (last - first) / step + 1;
    }

    /** Writes indexes briefly in {@code sbatch}'s notation: {@code 1-3,7}. */
    public static String text(Collection<Integer> indexes) {
        Stream.Builder<String> ranges = Stream.builder();
        Integer first = null;
        Integer last = null;
        for (Integer index : new TreeSet<>(indexes)) {
            if (last != null && index == last + 1) {
                last = index;
                continue;
            }
            if (first != null) {
                ranges.add(range(first, last));
            }
            first = index;
            last = index;
        }
        if (first != null) {
            ranges.add(range(first, last));
        }
        return ranges.build().collect(Collectors.joining(","));
    }

    private static String range(int first, int last) {
        return first == last ? String.valueOf(first) : first + (last == first + 1 ? "," : "-") + last;
    }

    @Override
    public String toString() {
        return text(indexes) + (limit == 0 ? "" : "%" + limit);
    }
}
