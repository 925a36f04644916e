package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Asks Slurm to cancel one job. It asks again until Slurm can be asked, and cancels harder if the job stays. */
final class Cancellation {
    /** Slurm itself waits KillWait, by default 30 s, between TERM and KILL. */
    private static final long PATIENCE_MILLIS = 90_000;

    private final JobRecord record;
    private final JobClient client;
    private final HeadNodes headNodes;
    private final Monitor monitor;
    private final JobThreads threads;
    private final BooleanSupplier idTaken;
    private final JobLog log;

    /** The hardest first request so far. */
    @CheckForNull
    private CancelRequest.How asked;

    private volatile boolean taken;

    /** @param idTaken whether the job's id now belongs to another job */
    Cancellation(
            JobRecord record,
            JobClient client,
            JobLog log,
            HeadNodes headNodes,
            Monitor monitor,
            JobThreads threads,
            BooleanSupplier idTaken) {
        this.record = record;
        this.client = client;
        this.headNodes = headNodes;
        this.monitor = monitor;
        this.threads = threads;
        this.idTaken = idTaken;
        this.log = log;
    }

    /**
     * Sends the cancellation that the record wants, once the job is submitted. A second call changes nothing. A job
     * that cannot start is cancelled only while it waits. A job whose build was stopped is cancelled in any case.
     */
    void send() {
        if (record.phase() != JobRecord.Phase.SUBMITTED || !record.isCancelling() && record.cancelReason() == null) {
            return;
        }
        CancelRequest.How how = record.isCancelling() ? CancelRequest.How.ORDERLY : CancelRequest.How.IF_WAITING;
        synchronized (this) {
            if (asked != null && asked.compareTo(how) >= 0) {
                return;
            }
            asked = how;
        }
        send(how, new Backoff());
    }

    /** Whether Slurm has accepted the request. */
    boolean isTaken() {
        return taken;
    }

    private void send(CancelRequest.How how, Backoff backoff) {
        if (record.phase() != JobRecord.Phase.SUBMITTED || isOutOfDate(how)) {
            return;
        }
        if (idTaken.getAsBoolean()) {
            client.console().say(words(new CancelAnswer(CancelAnswer.Result.ANOTHERS, ""), how));
            return;
        }
        try {
            CancelAnswer answer = headNodes
                    .any(record.headNode())
                    .headNode()
                    .cancel(new CancelRequest(record.jobId(), record.directory().comment(), how));
            log.fine(() -> "scancel (" + how + "): " + answer.result() + " " + answer.text());
            client.console().say(words(answer, how));
            if (answer.accepted()) {
                taken = true;
                monitor.wake();
                if (answer.result() != CancelAnswer.Result.ANOTHERS) {
                    threads.schedule(Work.CANCEL, () -> send(how.next(), new Backoff()), PATIENCE_MILLIS);
                }
                return;
            }
        } catch (IOException | RuntimeException | Error e) {
            log.fine(() -> "cannot be cancelled now and is tried again: " + e);
        } catch (InterruptedException e) {
            return;
        }
        threads.schedule(Work.CANCEL, () -> send(how, backoff), backoff.next());
    }

    private String words(CancelAnswer answer, CancelRequest.How how) {
        String job = "job " + record.jobId();
        switch (answer.result()) {
            case GONE:
                return "Nothing is cancelled: " + job + " has ended already, or Slurm no longer knows it"
                        + (answer.text().isEmpty() ? "" : " (" + answer.text() + ")");
            case ANOTHERS:
                return "Nothing is cancelled: " + record.jobId() + " is the id of another job now";
            case REFUSED:
                return "Cannot cancel " + job + " now: " + answer.text();
            default:
                break;
        }
        switch (how) {
            case IF_WAITING:
                return "Asked Slurm to cancel " + job + " if it still waits";
            case ORDERLY:
                return "Cancelled " + job + ", waiting for its end";
            default:
                return "Killed " + job + ", waiting for its end";
        }
    }

    /**
     * Whether this request no longer holds: the waiting job has started after all, or its build was stopped, which
     * cancels harder.
     */
    private synchronized boolean isOutOfDate(CancelRequest.How how) {
        boolean outOfDate = how == CancelRequest.How.IF_WAITING
                && (record.cancelReason() == null || asked != CancelRequest.How.IF_WAITING);
        asked = outOfDate && asked == how ? null : asked;
        return outOfDate;
    }
}
