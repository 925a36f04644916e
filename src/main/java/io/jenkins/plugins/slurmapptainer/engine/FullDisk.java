package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds out whether one job failed because its disk is full. Such a job may leave no hint, because its output and its
 * record are on that disk too.
 */
final class FullDisk {
    private static final Logger LOGGER = Logger.getLogger(FullDisk.class.getName());
    /** Outcomes that a full disk can cause. */
    private static final Set<Outcome.Kind> MAYBE_FULL =
            EnumSet.of(Outcome.Kind.FAILURE, Outcome.Kind.SIGNAL, Outcome.Kind.LAUNCH_FAILURE, Outcome.Kind.UNKNOWN);

    /** The beginning of {@link CollectAnswer#space()}. */
    private static final String NO_SPACE = "no space left";

    private final JobRecord record;
    private final JobClient client;
    private final HeadNodes headNodes;

    FullDisk(JobRecord record, JobClient client, HeadNodes headNodes) {
        this.record = record;
        this.client = client;
        this.headNodes = headNodes;
    }

    /** Whether a full disk may have caused the outcome and it does not say so yet. */
    boolean isPossible() {
        Outcome outcome = record.outcome();
        return outcome != null
                && MAYBE_FULL.contains(outcome.kind())
                && !outcome.detail().contains(NO_SPACE);
    }

    /** Asks a head node, and adds the answer to the outcome. */
    void explain() {
        Outcome outcome = record.outcome();
        if (outcome == null || !isPossible()) {
            return;
        }
        try {
            CollectAnswer answer =
                    headNodes.any(record.headNode()).headNode().collect(CollectRequest.space(record.directory()));
            if (!answer.space().isEmpty()) {
                String detail = outcome.detail().isEmpty() ? "" : outcome.detail() + "; ";
                record.ended(outcome.withDetail(detail + answer.space()), record.ended());
                client.save();
            }
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(Level.FINE, e, () -> "cannot ask whether there is room in " + record.directory());
        } catch (InterruptedException e) {
            // Shutting down. The end is reported again after the restart.
            Thread.currentThread().interrupt();
        }
    }
}
