package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The jobs of one step. Normally there is one. For an array whose failed tasks are submitted again, there is one for
 * each try. Only the tokens are kept here; everything else is in the build's {@link SlurmJobsAction}. Serialized with a
 * Pipeline's step: the names of the fields never change. One thread at a time may write, every thread may read.
 */
public final class JobTries implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Outcomes that another try would not change, or that somebody wanted. */
    private static final Set<Outcome.Kind> FOR_GOOD = EnumSet.of(
            Outcome.Kind.CANCELLED,
            Outcome.Kind.NEVER_RUNNABLE,
            Outcome.Kind.WAITED_TOO_LONG,
            Outcome.Kind.DEADLINE,
            Outcome.Kind.SUBMIT_REJECTED,
            Outcome.Kind.NOT_SUBMITTED);

    /** Replaced, never changed: another thread may be serialising it. */
    private volatile ArrayList<String> tokens;

    /** @param first token of the first try */
    public JobTries(String first) {
        tokens = new ArrayList<>(List.of(first));
    }

    /** The token of the current or last try. */
    public JobToken token() {
        return new JobToken(tokens.get(tokens.size() - 1));
    }

    /**
     * What the current try is to do.
     *
     * @param written the build's options
     */
    public SlurmJobOptions options(SlurmJobOptions written, Run<?, ?> run) {
        JobRecord before = tokens.size() == 1 ? null : SlurmJobsAction.of(run).find(tokens.get(tokens.size() - 2));
        return before == null ? written : retry(written, before);
    }

    /** The options of a try that follows a given one: only its failed tasks run again. */
    public static SlurmJobOptions retry(SlurmJobOptions written, JobRecord before) {
        if (before.tasks().isEmpty()) {
            throw new IllegalArgumentException("only an array is tried again");
        }
        String array = written.get(Directive.ARRAY);
        // The script may have said that it is an array.
        int limit =
                array == null ? before.taskLimit() : ArrayIndexes.parse(array).limit();
        SlurmJobOptions retry = written.withArray(new ArrayIndexes(failed(before.tasks()), limit).toString());
        retry.tasks().retryLacks(before.files().missing());
        return retry;
    }

    /**
     * Decides whether to submit the failed tasks again. If so, there is a new token, which must be saved before
     * anything else is done with it.
     *
     * @param ended the last try
     * @param written the build's options
     * @param console gets a line about the decision
     * @return whether there is a new try
     */
    public boolean again(JobRecord ended, SlurmJobOptions written, Consumer<String> console) {
        Integer retries = written.tasks().retries();
        List<Integer> failed = failed(ended.tasks());
        int done = tokens.size() - 1;
        if (retries == null || failed.isEmpty() || ended.isCancelling() || done >= retries) {
            return false;
        }
        TaskRecord hopeless = ended.tasks().stream()
                .filter(task -> isForGood(task.outcome()))
                .findFirst()
                .orElse(null);
        if (hopeless != null) {
            Outcome outcome = hopeless.outcome();
            if (outcome != null) {
                console.accept("The failed tasks of job " + ended.jobId() + " are not submitted again: task "
                        + hopeless.index() + " " + outcome.kind().words());
            }
            return false;
        }
        console.accept("Submitting the "
                + (failed.size() == 1 ? "failed task" : failed.size() + " failed tasks")
                + " of job " + ended.jobId() + " again: " + ArrayIndexes.text(failed) + " (retry " + (done + 1) + " of "
                + retries + ")");
        ArrayList<String> more = new ArrayList<>(tokens);
        more.add(JobToken.random().value());
        tokens = more;
        return true;
    }

    /** Whether another try would be useless. A task without an outcome of its own was never submitted. */
    private static boolean isForGood(@CheckForNull Outcome outcome) {
        return outcome == null || FOR_GOOD.contains(outcome.kind());
    }

    /** All tries that the build knows, the last one last. */
    public List<JobRecord> records(Run<?, ?> run) {
        SlurmJobsAction jobs = SlurmJobsAction.of(run);
        return tokens.stream().map(jobs::find).filter(Objects::nonNull).toList();
    }

    /** The last try of each task that ended, sorted by index. */
    static List<TaskRecord> tasks(List<JobRecord> tries) {
        Map<Integer, TaskRecord> last = new TreeMap<>();
        for (JobRecord job : tries) {
            for (TaskRecord task : job.tasks()) {
                if (task.outcome() != null || !last.containsKey(task.index())) {
                    last.put(task.index(), task);
                }
            }
        }
        return List.copyOf(last.values());
    }

    /** The indexes of the tasks that did not succeed. */
    static List<Integer> failed(Collection<TaskRecord> tasks) {
        return tasks.stream()
                .filter(task -> {
                    Outcome outcome = task.outcome();
                    return outcome == null || !outcome.isSuccess();
                })
                .map(TaskRecord::index)
                .toList();
    }
}
