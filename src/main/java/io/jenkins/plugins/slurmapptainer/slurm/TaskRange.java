package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a row that stands for several tasks of an array, {@code 123_[1-3,7%2]} (squeue(1), sacct(1), Slurm 22.05 to 26.05).
 * Slurm cuts a long one off with {@code ...} unless {@code SLURM_BITSTR_LEN} is 0.
 *
 * @param array id of the array, with {@code ;cluster} behind it if that was printed
 * @param ranges what stands in the brackets, without the limit
 */
record TaskRange(String array, String ranges) {
    private static final Pattern FORM =
            Pattern.compile("([1-9][0-9]{0,9})_\\[([0-9,:.-]*)(?:%[0-9]*(?:\\.\\.\\.)?)?\\](;[A-Za-z0-9_.-]{1,64})?");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,7})(?:-([0-9]{1,7})(?::([1-9][0-9]{0,6}))?)?");

    static Optional<TaskRange> parse(String printedId) {
        Matcher m = FORM.matcher(printedId);
        return m.matches()
                ? Optional.of(new TaskRange(m.group(1) + (m.group(3) == null ? "" : m.group(3)), m.group(2)))
                : Optional.empty();
    }

    /** Whether a task is among them; of a row that was cut off, also any task behind the last one that can be read. */
    boolean includes(String index) {
        int task = Integer.parseInt(index);
        int last = -1;
        for (String range : ranges.split(",")) {
            Matcher m = RANGE.matcher(range);
            if (!m.matches()) {
                break;
            }
            int from = Integer.parseInt(m.group(1));
            int to = m.group(2) == null ? from : Integer.parseInt(m.group(2));
            int step = m.group(3) == null ? 1 : Integer.parseInt(m.group(3));
            if (task >= from && task <= to && (task - from) % step == 0) {
                return true;
            }
            last = to;
        }
        return ranges.endsWith("...") && task > last;
    }
}
