package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;

/**
 * What is known about a job at one moment.
 *
 * @param exit the end of the newest attempt; {@code null} while that runs
 * @param exitAge milliseconds since that record was seen, by this or an earlier process of the controller
 * @param outputComplete whether all output that the record names has arrived
 * @param outputAge milliseconds since output arrived or the record was seen, whichever was later
 * @param queue what {@code squeue} says, see {@link Queue}
 * @param entry the job's row if {@link Queue#LISTED}
 * @param queueAge milliseconds since {@code squeue} began to say this without a break, to this or an earlier process of
 *     the controller; while the job waits, also with the same reason
 * @param idTaken whether the job's id now belongs to another job
 * @param accounting what the accounting knows, if it was asked
 * @param startedAttempt the newest attempt that has started, -1 for none
 * @param restarts how often Slurm has requeued the job, -1 if that is not known
 * @param startedSince whether Slurm has started the job after the newest record of a start, by Slurm's clock
 * @param endedSince whether Slurm has ended the job after the newest record of an end, by Slurm's clock
 * @param mayRequeue whether Slurm may run the job again by itself
 * @param waitedTooLong whether the job has waited for its first start longer than its build allows
 * @param cancelling whether this controller has asked for the cancellation
 */
record Evidence(
        @CheckForNull ExitRecord exit,
        long exitAge,
        boolean outputComplete,
        long outputAge,
        Queue queue,
        @CheckForNull QueueEntry entry,
        long queueAge,
        boolean idTaken,
        @CheckForNull AccountingEntry accounting,
        int startedAttempt,
        int restarts,
        boolean startedSince,
        boolean endedSince,
        boolean mayRequeue,
        boolean waitedTooLong,
        boolean cancelling) {

    /** Whether the run that Slurm reports has left a record of its start. */
    boolean lastRunBegan() {
        return !startedSince && startedAttempt >= Math.max(0, restarts);
    }

    /** Whether Slurm has started the job again since the newest record of an end. */
    boolean recordIsOld() {
        return exit != null && exit.attempt() < restarts;
    }

    /**
     * Whether this is a task that never started and that its array no longer has. Slurm forgets a task that is
     * cancelled while it waits.
     */
    boolean wasTakenOut() {
        return queue == Queue.LEFT_OUT && startedAttempt < 0 && !cancelling && !idTaken;
    }

    /** Answers of {@code squeue}. */
    enum Queue {
        /** No answer since the newest attempt's end, or none at all. */
        SILENT,
        /** It answered, and the job is not in its list. */
        ABSENT,
        /** It answered, and since it stopped listing this task it has listed other tasks of the array. */
        LEFT_OUT,
        /** It answered with a row for the job. */
        LISTED
    }
}
