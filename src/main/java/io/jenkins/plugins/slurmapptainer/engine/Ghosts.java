package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Cancels jobs whose end has been reported but that are still in Slurm's queue. That happens when a node dies between
 * the end of a job and {@code slurmstepd}'s report of it, which takes longer while {@code slurmctld} is away. Slurm
 * then treats the job as running until its time limit, or even starts it again for nobody. For one thread at a time.
 */
public final class Ghosts {
    /**
     * How long a job that has ended may stay in Slurm's queue. {@code slurmstepd} repeats a failed report after 15 s
     * (22.05 to 26.05), and a node that comes back has registered long before this time. If a job were cancelled
     * sooner, the accounting would say {@code CANCELLED} although the report was about to come.
     */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private final long patienceMillis;
    private final Consumer<String> log;
    private final Map<String, Long> since = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /** @param log gets one line for each of these jobs */
    public Ghosts(Duration patience, Consumer<String> log) {
        patienceMillis = patience.toMillis();
        this.log = log;
    }

    /**
     * The result of one look at the queue.
     *
     * @param gone jobs that Slurm has also ended, or no longer knows
     * @param again whether to look again after the waiting time, because some jobs may be ghosts or may not have left
     *     yet
     */
    public record Look(List<JobRecord> gone, boolean again) {}

    /**
     * Looks once, and cancels jobs that have been there for too long. Each look repeats that as long as they are there.
     *
     * @param ended jobs whose end was reported before the rows were read
     * @param rows all rows of {@code squeue}
     * @param now milliseconds of a clock that never goes back
     */
    public Look look(HeadNode node, Collection<JobRecord> ended, Collection<QueueEntry> rows, long now)
            throws IOException, InterruptedException {
        List<JobRecord> gone = new ArrayList<>();
        Map<String, Long> seen = new HashMap<>();
        for (JobRecord job : ended) {
            List<QueueEntry> left = rows.stream()
                    .filter(row -> !row.state().isEnded() && isOf(job, row))
                    .toList();
            if (left.isEmpty()) {
                gone.add(job);
            }
            // Nothing can make a completing job leave.
            Optional<QueueEntry> alive = left.stream()
                    .filter(row -> row.state() != JobState.COMPLETING)
                    .findFirst();
            if (alive.isPresent()) {
                long first = since.getOrDefault(job.token(), now);
                seen.put(job.token(), first);
                if (now - first >= patienceMillis) {
                    cancel(node, job, alive.get());
                }
            }
        }
        since.clear();
        since.putAll(seen);
        told.retainAll(seen.keySet());
        return new Look(gone, !seen.isEmpty());
    }

    /** Whether the row is about the job: by the comment, or by the id if a site or a user has changed the comment. */
    private static boolean isOf(JobRecord job, QueueEntry row) {
        return row.comment().equals(job.directory().comment())
                || row.ofSubmission().id().equals(job.jobId()) && !JobDirectory.isComment(row.comment());
    }

    private void cancel(HeadNode node, JobRecord job, QueueEntry row) throws IOException, InterruptedException {
        CancelAnswer answer =
                node.cancel(new CancelRequest(job.jobId(), job.directory().comment(), CancelRequest.How.ORDERLY));
        if (told.add(job.token())) {
            log.accept("Job " + job.jobId() + " on cluster " + job.cluster() + " has ended, but Slurm still calls it "
                    + row.printedState() + ": Slurm was not told of the end, or has put the job back into the queue. "
                    + words(answer));
        }
    }

    private static String words(CancelAnswer answer) {
        switch (answer.result()) {
            case TAKEN:
                return "Cancelled, so that it holds no nodes";
            case GONE:
                return "It has left the queue by now";
            case ANOTHERS:
                return "Nothing is cancelled: by now its id is that of another job";
            default:
                return "It cannot be cancelled now: " + answer.text();
        }
    }
}
