package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;

/** What Slurm has said about one job, and since when it says so. Times in milliseconds of one clock. */
final class QueueMemory {
    private Evidence.Queue said = Evidence.Queue.SILENT;
    private QueueEntry entry;
    private AccountingEntry accounting;
    private long since;
    private long reasonSince;

    /** Forgets everything: something has happened since that makes the last answer an old one. */
    void forget() {
        said = Evidence.Queue.SILENT;
        entry = null;
        accounting = null;
    }

    /** @param row the job's row in an answer of {@code squeue}, {@code null} if it has none */
    void queue(@CheckForNull QueueEntry row, long now) {
        Evidence.Queue says = row == null ? Evidence.Queue.ABSENT : Evidence.Queue.LISTED;
        boolean sameState = says == said && (row == null || entry != null && row.state() == entry.state());
        boolean sameReason = sameState && (row == null || row.reason().equals(entry.reason()));
        since = sameState ? since : now;
        reasonSince = sameReason ? reasonSince : now;
        said = says;
        entry = row;
    }

    /** @param row what {@code sacct} knows of the job, {@code null} if nothing */
    void accounting(@CheckForNull AccountingEntry row) {
        accounting = row == null ? accounting : row;
    }

    Evidence.Queue said() {
        return said;
    }

    @CheckForNull
    QueueEntry entry() {
        return entry;
    }

    @CheckForNull
    AccountingEntry accounting() {
        return accounting;
    }

    long age(long now) {
        return now - since;
    }

    long reasonAge(long now) {
        return now - reasonSince;
    }
}
