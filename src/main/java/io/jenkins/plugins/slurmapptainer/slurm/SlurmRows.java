package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of one answer of Slurm, by the job's id. A row about several tasks of a job array ({@code 123_[4-9%2]}) is
 * found for each of these tasks, unless the task has a row of its own. Does not change once made.
 *
 * @param <T> kind of row
 */
public final class SlurmRows<T> {
    /** {@code 123_4}, with {@code ;cluster} after it if that was printed. */
    private static final Pattern TASK = Pattern.compile("([0-9]+)_([0-9]{1,7})((?:;.*)?)");

    private final Map<String, List<T>> rows;
    private final Map<String, List<ArrayRow<T>>> arrays = new HashMap<>();
    /** Arrays with at least one task that has a row of its own. */
    private final Set<String> siblings = new HashSet<>();

    private record ArrayRow<T>(TaskRange tasks, T row) {}

    /**
     * @param all in the order of the answer
     * @param id gives the printed id of a row, with {@code ;cluster} after it if that was requested
     */
    public SlurmRows(List<T> all, Function<T, String> id) {
        rows = new HashMap<>(2 * all.size());
        for (T row : all) {
            String printed = id.apply(row);
            rows.merge(printed, List.of(row), SlurmRows::joined);
            if (mayBeOfArray(printed)) {
                addToArray(printed, row);
            }
        }
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = some instanceof ArrayList ? some : new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private void addToArray(String printed, T row) {
        Matcher task = TASK.matcher(printed);
        if (task.matches()) {
            siblings.add(task.group(1) + task.group(3));
        }
        TaskRange.parse(printed)
                .ifPresent(tasks -> arrays.computeIfAbsent(tasks.array(), key -> new ArrayList<>())
                        .add(new ArrayRow<>(tasks, row)));
    }

    /** The id of a task, or of several, has this character; most ids are those of plain jobs, of which no more has to be looked at. */
    private static boolean mayBeOfArray(String id) {
        return id.indexOf('_') >= 0;
    }

    /** The rows about a job or a task, in the order of the answer; empty if there are none. */
    public List<T> of(String id) {
        List<T> own = rows.get(id);
        if (own != null) {
            return own;
        }
        if (!mayBeOfArray(id)) {
            return List.of();
        }
        Matcher task = TASK.matcher(id);
        if (!task.matches()) {
            return List.of();
        }
        int index = Integer.parseInt(task.group(2));
        return arrays.getOrDefault(task.group(1) + task.group(3), List.of()).stream()
                .filter(row -> row.tasks().includes(index))
                .map(ArrayRow::row)
                .toList();
    }

    /** Whether other tasks of a task's array have rows. */
    public boolean hasSiblings(String id) {
        if (!mayBeOfArray(id)) {
            return false;
        }
        Matcher task = TASK.matcher(id);
        if (!task.matches()) {
            return false;
        }
        String array = task.group(1) + task.group(3);
        return arrays.containsKey(array) || siblings.contains(array);
    }
}
