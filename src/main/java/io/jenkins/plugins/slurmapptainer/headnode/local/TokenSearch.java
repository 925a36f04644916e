package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueScope;
import io.jenkins.plugins.slurmapptainer.slurm.SacctAnswer;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import io.jenkins.plugins.slurmapptainer.slurm.SqueueAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the id of a job whose submission was not answered: in its own record, in the queue, in the accounting. */
final class TokenSearch {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Clocks of head node and database may differ. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final CommandRunner commands;
    private final JobStore store;
    private final JobDirectory directory;

    TokenSearch(CommandRunner commands, JobDirectory directory) {
        this.commands = commands;
        this.store = new JobStore(directory.root());
        this.directory = directory;
    }

    /** The job with the token if it was found, or why nothing is known. */
    record Found(Optional<JobId> id, String error) {}

    /** @param counts which rows with the token count */
    Found find(Predicate<QueueEntry> counts) throws IOException, InterruptedException {
        Optional<String> started = store.read(directory.started() + 0);
        Optional<JobId> recorded = started.flatMap(
                        text -> StartRecord.parse(directory.token().value(), text))
                .flatMap(record -> JobId.parse(record.jobId()));
        if (recorded.isEmpty()) {
            recorded = owner();
        }
        if (recorded.isPresent()) {
            return new Found(recorded, "");
        }
        CommandResult result = commands.run(SlurmCommands.squeue(QueueScope.OWN), LIMIT);
        Optional<String> failure = SqueueAnswer.failure(result);
        if (failure.isPresent()) {
            return new Found(Optional.empty(), failure.get());
        }
        List<QueueEntry> entries = SqueueAnswer.read(QueueScope.OWN, result.stdout());
        return new Found(
                entries.stream()
                        .filter(entry -> entry.comment().equals(directory.comment()) && counts.test(entry))
                        .flatMap(entry -> JobId.ofSubmission(entry.id()).stream())
                        .findFirst(),
                "");
    }

    /** The job that owns the directory. For an array, this is its only own record. */
    private Optional<JobId> owner() throws InterruptedException {
        try {
            return store.read(directory.owner()).flatMap(text -> JobId.parse(text.strip()));
        } catch (IOException e) {
            return Optional.empty(); // The queue is asked next.
        }
    }

    /**
     * Finds a job that never started and that the queue has forgotten, because somebody cancelled it while nobody
     * looked. Without accounting such a job cannot be found.
     *
     * @param since the earliest time when it may have been submitted
     */
    Optional<JobId> findInAccounts(Instant since) throws InterruptedException {
        try {
            CommandResult result = commands.run(SlurmCommands.sacctSince(since.minus(MARGIN)), LIMIT);
            return SacctAnswer.failure(result).isPresent()
                    ? Optional.empty()
                    : SacctAnswer.read(QueueScope.OWN, result.stdout()).stream()
                            .filter(entry -> !entry.origin().isEmpty() && entry.isOf(directory.token()))
                            .flatMap(entry -> JobId.ofSubmission(entry.id()).stream())
                            .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // This head node has no sacct.
        }
    }
}
