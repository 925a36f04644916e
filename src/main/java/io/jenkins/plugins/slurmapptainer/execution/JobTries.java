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
 * The jobs of one step: one, or for an array whose failed tasks are submitted again one for each try. Kept are the tokens
 * alone; all else is in the build's {@link SlurmJobsAction}. Serialised with a Pipeline's step: the names of the fields never
 * change. Written by one thread at a time, read by any.
 */
public final class JobTries implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Ends of a task that another try would not change, or that somebody wanted. */
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

    /** Of the try that is going on, or was the last. */
    public JobToken token() {
        return new JobToken(tokens.get(tokens.size() - 1));
    }

    /**
     * What that try is to do.
     *
     * @param written what the build asks for
     */
    public SlurmJobOptions options(SlurmJobOptions written, Run<?, ?> run) {
        JobRecord before = tokens.size() == 1 ? null : SlurmJobsAction.of(run).find(tokens.get(tokens.size() - 2));
        return before == null ? written : retry(written, before);
    }

    /** The same for the tasks of the given try that failed. */
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
     * Decides whether the failed tasks are submitted again; there is a new token then, to be saved before anything is done
     * with it.
     *
     * @param ended the last try
     * @param written what the build asks for
     * @param console is told
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

    /** A task that has no outcome of its own was never submitted. */
    private static boolean isForGood(@CheckForNull Outcome outcome) {
        return outcome == null || FOR_GOOD.contains(outcome.kind());
    }

    /** All tries of which the build knows, the last one last. */
    public List<JobRecord> records(Run<?, ?> run) {
        SlurmJobsAction jobs = SlurmJobsAction.of(run);
        return tokens.stream().map(jobs::find).filter(Objects::nonNull).toList();
    }

    /** The last try of each task that ended, by their indexes. */
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

    /** The indexes of those that did not succeed. */
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
