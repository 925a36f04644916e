package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.CountText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How an array ended, from the ends of its tasks: well if all of them did; else as all that did not have in common, or as a
 * failure, with the highest exit code (as {@code sbatch --wait} has it) and the first ones named.
 */
final class ArrayOutcome {
    private static final int NAMED = 5;

    private ArrayOutcome() {}

    /** @param array all of whose tasks have ended */
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
        // A program may end with 0 when its time is over; of a failure that would say the contrary.
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
