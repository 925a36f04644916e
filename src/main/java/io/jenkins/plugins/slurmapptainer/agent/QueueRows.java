package io.jenkins.plugins.slurmapptainer.agent;

import static io.jenkins.plugins.slurmapptainer.agent.AnswerText.field;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Objects;

/** Rows of {@code squeue} and {@code sacct} in answers of agents. */
final class QueueRows {
    /** More jobs than any Slurm keeps. */
    private static final int MAX = 1_000_000;

    private QueueRows() {}

    @CheckForNull
    static ArrayList<QueueEntry> queue(@CheckForNull ArrayList<QueueEntry> rows) throws IOException {
        if (rows == null) {
            return null;
        }
        limit(rows.size());
        rows.replaceAll(QueueRows::checked);
        return rows;
    }

    @CheckForNull
    static ArrayList<AccountingEntry> accounting(@CheckForNull ArrayList<AccountingEntry> rows) throws IOException {
        if (rows == null) {
            return null;
        }
        limit(rows.size());
        rows.replaceAll(QueueRows::checked);
        return rows;
    }

    private static void limit(int rows) throws IOException {
        if (rows > MAX) {
            throw new IOException("the agent answered with " + rows + " jobs");
        }
    }

    private static QueueEntry checked(QueueEntry row) {
        Objects.requireNonNull(row.state(), "a state");
        QueueEntry plain = new QueueEntry(
                field(row.id()),
                row.state(),
                field(row.printedState()),
                field(row.nodes()),
                field(row.start()),
                field(row.elapsed()),
                field(row.reason()),
                field(row.comment()),
                Math.max(-1, row.restarts()),
                Math.max(0, row.lastStart()),
                Math.max(0, row.end()));
        return plain.equals(row) ? row : plain;
    }

    private static AccountingEntry checked(AccountingEntry row) {
        Objects.requireNonNull(row.state(), "a state");
        AccountingEntry plain = new AccountingEntry(
                field(row.id()),
                row.state(),
                field(row.printedState()),
                row.exitCode(),
                row.signal(),
                field(row.nodes()),
                field(row.origin()));
        return plain.equals(row) ? row : plain;
    }
}
