package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.CountText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Derives the outcome of an array from those of its tasks. If all tasks ended well, so did the array. Otherwise it has
 * the outcome that all other tasks share, or it is a failure. It gets the highest exit code (like {@code sbatch
 * --wait}) and names the first failed tasks.
 */
final class ArrayOutcome {
    private static final int NAMED = 5;

    private ArrayOutcome() {}

    /** @param array an array whose tasks have all ended */
    static Outcome of(JobRecord array) {
        List<TaskRecord> failed = array.tasks().stream()
                .filter(task -> !outcome(task).isSuccess())
                .toList();
        if (failed.isEmpty()) {
            return Outcome.success();
        }
        List<Outcome> outcomes = failed.stream().map(ArrayOutcome::outcome).toList();
        Outcome.Kind kind = outcomes.get(0).kind();
        int signal = outcomes.get(0).signal();
        boolean alike = outcomes.stream().allMatch(o -> o.kind() == kind && o.signal() == signal);
        int code = outcomes.stream().mapToInt(Outcome::exitCode).max().orElse(-1);
        // A program may end with 0 when its time is over. For a failure, that exit code would be misleading.
        return new Outcome(
                alike ? kind : Outcome.Kind.FAILURE,
                alike || code != 0 ? code : -1,
                alike ? signal : 0,
                detail(failed, array.tasks().size()));
    }

    private static String detail(List<TaskRecord> failed, int all) {
        String more = failed.size() > NAMED ? ", …" : "";
        return failed.size() + " of " + CountText.of(all, "task") + " did not succeed: "
                + failed.stream().limit(NAMED).map(ArrayOutcome::words).collect(Collectors.joining(", ")) + more;
    }

    private static String words(TaskRecord task) {
        String node = task.nodes().isEmpty() ? "" : " on " + task.nodes();
        return task.index() + " " + OutcomeText.verb(outcome(task)) + node;
    }

    private static Outcome outcome(TaskRecord task) {
        return Objects.requireNonNull(task.outcome(), "every task has ended");
    }
}
