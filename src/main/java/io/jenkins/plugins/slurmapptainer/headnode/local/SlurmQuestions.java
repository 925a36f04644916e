package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueScope;
import io.jenkins.plugins.slurmapptainer.slurm.RestartCounts;
import io.jenkins.plugins.slurmapptainer.slurm.SacctAnswer;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import io.jenkins.plugins.slurmapptainer.slurm.SqueueAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks Slurm about jobs on all clusters concerned. The answer is either complete or a failure. */
final class SlurmQuestions {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** The shell's exit status for a command that does not exist. */
    private static final int NOT_FOUND = 127;

    private final CommandRunner commands;
    private final Set<QueueScope> scopes;

    /** @param elsewhere ids of jobs that the head node's own cluster may not know */
    SlurmQuestions(CommandRunner commands, Collection<String> elsewhere) {
        this.commands = commands;
        this.scopes = QueueScope.covering(parsed(elsewhere));
    }

    /** All rows of {@code squeue}. */
    Answer<QueueEntry> queue() throws InterruptedException {
        return queue(false);
    }

    /**
     * All rows of {@code squeue}.
     *
     * @param runs whether to also ask how often each job was requeued, when it was last started and when it ended
     */
    Answer<QueueEntry> queue(boolean runs) throws InterruptedException {
        ArrayList<QueueEntry> rows = new ArrayList<>();
        for (QueueScope scope : scopes) {
            CommandResult result = run(SlurmCommands.squeue(scope));
            Optional<String> failure = SqueueAnswer.failure(result);
            if (failure.isPresent()) {
                return new Answer<>(null, failure.get());
            }
            List<QueueEntry> read = SqueueAnswer.read(scope, result.stdout());
            rows.addAll(runs ? withRuns(scope, read) : read);
        }
        return new Answer<>(rows, "");
    }

    /** Adds restart counts. If Slurm does not say them, the rows stay as they are. */
    private List<QueueEntry> withRuns(QueueScope scope, List<QueueEntry> rows) throws InterruptedException {
        CommandResult result = run(SlurmCommands.squeueRuns(scope));
        if (SqueueAnswer.failure(result).isPresent()) {
            return rows;
        }
        Map<String, RestartCounts> runs = SqueueAnswer.runs(scope, result.stdout());
        return rows.stream()
                .map(row -> row.withRuns(runs.getOrDefault(row.id(), RestartCounts.UNKNOWN)))
                .collect(Collectors.toList());
    }

    /** What {@code sacct} knows about some jobs. */
    Answer<AccountingEntry> accounting(Collection<String> jobs) throws InterruptedException {
        ArrayList<AccountingEntry> known = new ArrayList<>();
        for (QueueScope scope : scopes) {
            List<String> ids = parsed(jobs).stream()
                    .filter(scope::includes)
                    .map(JobId::text)
                    .collect(Collectors.toList());
            if (ids.isEmpty()) {
                continue;
            }
            CommandResult result = run(SlurmCommands.sacct(scope, ids));
            Optional<String> failure = SacctAnswer.failure(result);
            if (failure.isPresent()) {
                return new Answer<>(null, failure.get());
            }
            for (AccountingEntry entry : SacctAnswer.read(scope, result.stdout())) {
                known.add(named(entry));
            }
        }
        return new Answer<>(known, "");
    }

    /** Replaces the number of the user who cancelled a job by the name, because people know each other by name. */
    private AccountingEntry named(AccountingEntry entry) throws InterruptedException {
        Optional<String> number = entry.cancelledBy();
        if (number.isEmpty()) {
            return entry;
        }
        String line = run(List.of("getent", "passwd", number.get())).stdout();
        int colon = line.indexOf(':');
        return colon <= 0 ? entry : entry.withCanceller(Printable.of(line.substring(0, colon)));
    }

    private CommandResult run(List<String> argv) throws InterruptedException {
        try {
            return commands.run(argv, LIMIT);
        } catch (IOException e) {
            return new CommandResult(NOT_FOUND, "", argv.get(0) + " cannot be run: " + e.getMessage());
        }
    }

    private static List<JobId> parsed(Collection<String> ids) {
        return ids.stream().map(JobId::parse).flatMap(Optional::stream).collect(Collectors.toList());
    }

    /**
     * One answer of Slurm.
     *
     * @param rows {@code null} if there was no answer
     * @param error why there was no answer, otherwise empty
     */
    record Answer<T>(ArrayList<T> rows, String error) {}
}
