package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a row about several tasks of an array, {@code 123_[1-3,7%2]} (squeue(1), sacct(1), Slurm 22.05 to 26.05).
 * Slurm ends a long one with {@code ...} unless {@code SLURM_BITSTR_LEN} is 0.
 *
 * @param array id of the array, with {@code ;cluster} after it if that was printed
 * @param ranges the tasks in the brackets, without the limit, as far as they can be read
 * @param cutOff whether there are more tasks that were not printed
 */
record TaskRange(String array, List<Range> ranges, boolean cutOff) {
    private static final Pattern FORM =
            Pattern.compile("([1-9][0-9]{0,9})_\\[([0-9,:.-]*)(?:%[0-9]*(?:\\.\\.\\.)?)?\\](;[A-Za-z0-9_.-]{1,64})?");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,7})(?:-([0-9]{1,7})(?::([1-9][0-9]{0,6}))?)?");

    static Optional<TaskRange> parse(String printedId) {
        Matcher m = FORM.matcher(printedId);
        return m.matches()
                ? Optional.of(new TaskRange(
                        m.group(1) + (m.group(3) == null ? "" : m.group(3)),
                        read(m.group(2)),
                        m.group(2).endsWith("...")))
                : Optional.empty();
    }

    /** Whether a task is in the range. In a range that was cut off, every task after the last readable one counts. */
    boolean includes(int task) {
        int at = lastFromOrBefore(task);
        for (int i = at; i >= 0 && ranges.get(i).furthest >= task; i--) {
            if (ranges.get(i).includes(task)) {
                return true;
            }
        }
        return cutOff && task > (ranges.isEmpty() ? -1 : ranges.get(ranges.size() - 1).furthest);
    }

    /** Index of the last range that begins with the task or before it, -1 for none. */
    private int lastFromOrBefore(int task) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).from <= task) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /**
     * {@code from-to:step}.
     *
     * @param furthest the largest task of this range and all before it
     */
    record Range(int from, int to, int step, int furthest) {
        boolean includes(int task) {
            return task >= from && task <= to && (task - from) % step == 0;
        }
    }

    /** By their beginning, as Slurm prints them. */
    private static List<Range> read(String ranges) {
        List<Range> read = new ArrayList<>();
        for (String range : ranges.split(",")) {
            Matcher m = RANGE.matcher(range);
            if (!m.matches()) {
                break;
            }
            int from = Integer.parseInt(m.group(1));
            int to = m.group(2) == null ? from : Integer.parseInt(m.group(2));
            read.add(new Range(from, to, m.group(3) == null ? 1 : Integer.parseInt(m.group(3)), to));
        }
        read.sort(Comparator.comparingInt(Range::from));
        int furthest = -1;
        for (int i = 0; i < read.size(); i++) {
            Range range = read.get(i);
            furthest = Math.max(furthest, range.to);
            read.set(i, new Range(range.from, range.to, range.step, furthest));
        }
        return List.copyOf(read);
    }
}
