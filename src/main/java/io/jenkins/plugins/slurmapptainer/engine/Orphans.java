package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds jobs that carry this controller's mark but that nobody here knows, because their record was lost with the
 * controller's data. A job counts only when two looks in a row have found it, because a job that is just being
 * submitted or has just ended may be unknown for a moment. For one thread at a time.
 */
public final class Orphans {
    private final String root;
    private Set<String> suspects = new HashSet<>();

    /** @param root as in {@link JobDirectory#root()} */
    public Orphans(String root) {
        this.root = root;
    }

    /**
     * Looks once.
     *
     * @param rows all rows of {@code squeue}
     * @param known whether somebody here knows the job; asked after the rows were read
     * @return the orphans with their tokens. All rows of an array become one row with the array's id, because their own
     *     ids change whenever a task starts
     */
    public Map<QueueEntry, JobToken> among(Iterable<QueueEntry> rows, Predicate<JobToken> known) {
        Map<QueueEntry, JobToken> found = new LinkedHashMap<>();
        Set<String> now = new HashSet<>();
        for (QueueEntry row : rows) {
            Optional<JobToken> token = JobDirectory.ofComment(root, row.comment());
            if (token.isPresent() && !row.state().isEnded() && !known.test(token.get())) {
                QueueEntry submission = row.ofSubmission();
                if (now.add(submission.id()) && suspects.contains(submission.id())) {
                    found.put(submission, token.get());
                }
            }
        }
        suspects = now;
        return found;
    }
}
