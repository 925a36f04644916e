package io.jenkins.plugins.slurmapptainer.slurm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import java.io.Serializable;
import java.util.List;

/**
 * One row of {@code squeue}.
 *
 * @param id as printed, {@code 123} or {@code 123_[1-10]}
 * @param state the state
 * @param printedState the word that {@code squeue} printed for it
 * @param nodes the node list, empty while there is none
 * @param start when the job started or is expected to start, as printed
 * @param elapsed run time so far, as printed
 * @param reason why it waits, or how it ended
 * @param comment the job's comment
 * @param restarts how often it was requeued, -1 if that was not requested
 * @param lastStart when Slurm last started it, in seconds since 1970 by the clock of {@code slurmctld}; 0 if that was
 *     not requested
 * @param end see {@link RestartCounts#end}; 0 if that was not requested
 */
public record QueueEntry(
        String id,
        JobState state,
        String printedState,
        String nodes,
        String start,
        String elapsed,
        String reason,
        String comment,
        int restarts,
        long lastStart,
        long end)
        implements Serializable {

    /**
     * All rows of an answer, by id. In a federation several clusters may have a row for one job; see {@link #first}.
     */
    public static SlurmRows<QueueEntry> byId(List<QueueEntry> rows) {
        return new SlurmRows<>(rows, QueueEntry::id);
    }

    /**
     * The row that counts: one from a cluster that has not handed the job to another one, if there is such a row.
     * {@code null} without rows.
     */
    @CheckForNull
    public static QueueEntry first(List<QueueEntry> ofOneJob) {
        QueueEntry first = null;
        for (QueueEntry row : ofOneJob) {
            first = first == null || row.state() != JobState.REVOKED ? row : first;
        }
        return first;
    }

    /** A row without the number of restarts. */
    public QueueEntry(
            String id,
            JobState state,
            String printedState,
            String nodes,
            String start,
            String elapsed,
            String reason,
            String comment) {
        this(id, state, printedState, nodes, start, elapsed, reason, comment, -1, 0, 0);
    }

    public QueueEntry withRuns(RestartCounts runs) {
        return new QueueEntry(
                id,
                state,
                printedState,
                nodes,
                start,
                elapsed,
                reason,
                comment,
                runs.restarts(),
                runs.lastStart(),
                runs.end());
    }

    /**
     * The row with the id of the submission: the array's id for a row about one or more of its tasks, otherwise
     * unchanged.
     */
    public QueueEntry ofSubmission() {
        String whole = JobId.ofSubmission(id).map(JobId::toString).orElse(id);
        return new QueueEntry(whole, state, printedState, nodes, start, elapsed, reason, comment);
    }

    /** Whether Slurm gives a reason. */
    public boolean hasReason() {
        return !reason.isEmpty() && !"None".equals(reason);
    }
}
