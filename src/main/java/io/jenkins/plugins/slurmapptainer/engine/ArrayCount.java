package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.CountText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * How many tasks of an array are in which state.
 *
 * @param completed tasks that ended well
 * @param failed tasks that ended otherwise
 * @param running tasks that have started but not ended
 * @param waiting tasks that have not started
 */
public record ArrayCount(int completed, int failed, int running, int waiting) {
    /** The current counts of an array. */
    public static ArrayCount of(JobRecord array) {
        int[] n = new int[4];
        for (TaskRecord task : array.tasks()) {
            Outcome outcome = task.outcome();
            n[outcome != null ? outcome.isSuccess() ? 0 : 1 : task.startedAttempt() >= 0 ? 2 : 3]++;
        }
        return new ArrayCount(n[0], n[1], n[2], n[3]);
    }

    public int all() {
        return completed + failed + running + waiting;
    }

    /** For people: {@code 40 of 100 tasks completed, 1 failed, 10 running, 49 waiting}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of(completed + " of " + CountText.of(all(), "task") + " completed"));
        add(failed, "failed", parts);
        add(running, "running", parts);
        add(waiting, "waiting", parts);
        return String.join(", ", parts);
    }

    private static void add(int number, String what, List<String> parts) {
        if (number > 0) {
            parts.add(number + " " + what);
        }
    }
}
