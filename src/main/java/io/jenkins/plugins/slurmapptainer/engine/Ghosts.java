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
 * Cancels jobs whose end has been told and that Slurm still has in its queue. When a node dies between the end of a job and
 * {@code slurmstepd}'s report of it, which takes longer while {@code slurmctld} is away, Slurm takes the job to be running up to its
 * time limit; or it starts the job once more, for nobody. Not for several threads at once.
 */
public final class Ghosts {
    /**
     * How long Slurm may still have a job in its queue. A report that has failed is repeated after 15 s ({@code slurmstepd}, 22.05
     * to 26.05), and a node that comes back has registered long before; what is cancelled sooner would be {@code CANCELLED} in the
     * accounting for a report that was about to come.
     */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private final long patienceMillis;
    private final Consumer<String> log;
    private final Map<String, Long> since = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /** @param log is told once of each such job */
    public Ghosts(Duration patience, Consumer<String> log) {
        patienceMillis = patience.toMillis();
        this.log = log;
    }

    /**
     * What one look at the queue has shown of jobs that have ended.
     *
     * @param gone jobs that Slurm has ended, too, or no longer knows
     * @param again whether to look again after the patience: some may turn out to be ghosts, or have not gone yet
     */
    public record Look(List<JobRecord> gone, boolean again) {}

    /**
     * Looks once, and cancels what has been there for too long; with every look, as long as it is there.
     *
     * @param ended jobs whose end was told before the rows were read
     * @param rows all rows of {@code squeue}
     * @param now milliseconds of a clock that only goes forward
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
            // Nothing makes a job leave that is completing.
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

    /** By the comment, or by the id where a site or a user has changed the comment. */
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
