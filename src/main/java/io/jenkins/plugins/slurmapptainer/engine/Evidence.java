package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;

/**
 * What is known about a job at one moment.
 *
 * @param exit the end of the newest attempt; {@code null} while that has not ended
 * @param exitAge milliseconds since that record was seen, by this life of the controller or one before
 * @param outputComplete whether all output that the record promises has arrived
 * @param outputAge milliseconds since output arrived or the record was seen
 * @param queue what {@code squeue} says, see {@link Queue}
 * @param entry the job's row when {@link Queue#LISTED}
 * @param queueAge milliseconds since {@code squeue} first said so without a break, in this life of the controller or one
 *     before; while the job waits, also for the same reason
 * @param idTaken whether Slurm has given the job's id to another job
 * @param accounting what the accounting knows, if it was asked
 * @param startedAttempt the newest attempt that has started, -1 for none
 * @param restarts how often Slurm has put the job back into the queue, -1 if that is not known
 * @param startedSince whether Slurm has started the job since the newest record of a start, by its own clock
 * @param endedSince whether Slurm has ended the job after the newest record of an end was written, by its own clock
 * @param mayRequeue whether Slurm may run the job again by itself
 * @param waitedTooLong whether it has waited for its first start longer than its build allows
 * @param cancelling whether this host asked for the end
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

    /** Whether the run that Slurm speaks of has left a record of its start. */
    boolean lastRunBegan() {
        return !startedSince && startedAttempt >= Math.max(0, restarts);
    }

    /** Whether Slurm has started the job again since the newest record of an end. */
    boolean recordIsOld() {
        return exit != null && exit.attempt() < restarts;
    }

    /** Whether it is a task that never started and that its array no longer has: Slurm forgets one that is cancelled while it waits. */
    boolean wasTakenOut() {
        return queue == Queue.LEFT_OUT && startedAttempt < 0 && !cancelling && !idTaken;
    }

    /** What {@code squeue} said. */
    enum Queue {
        /** Nothing since the newest attempt's end (or at all): it has not been asked, or did not answer. */
        SILENT,
        /** It answered, and the job is not in its list. */
        ABSENT,
        /** It answered, and has listed other tasks of the job's array since it does not list this one. */
        LEFT_OUT,
        /** It has a row for the job. */
        LISTED
    }
}
