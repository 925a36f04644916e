package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** One long poll. It looks for news of jobs repeatedly, and asks Slurm once if requested. */
final class JobObservation {
    private static final long TICK_MILLIS = 200;

    private final CommandRunner commands;
    private final ObserveRequest request;

    JobObservation(CommandRunner commands, ObserveRequest request) {
        this.commands = commands;
        this.request = request;
    }

    /**
     * Returns as soon as there is news, Slurm has been asked, or the request's time is over. Returns at once when a
     * newer call watches the same list.
     */
    Observation observe() throws IOException, InterruptedException {
        Optional<WatchList> found = WatchLists.of(request);
        if (found.isEmpty()) {
            return Observation.ofUnknownList();
        }
        WatchList list = found.get();
        boolean once = request.watches().list().isEmpty();
        try (Closeable end = once ? list : () -> {}) {
            return observe(list);
        } catch (ClosedByInterruptException e) {
            throw FileTrouble.interrupted();
        }
    }

    private Observation observe(WatchList list) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(request.waitMillis()).toNanos();
        while (list.isCurrent(request.watches())) {
            ArrayList<JobNews> news = list.look(request.askQueue());
            if (request.askQueue()) {
                return askSlurm(news);
            }
            if (!news.isEmpty() || System.nanoTime() >= end) {
                return Observation.of(news);
            }
            Thread.sleep(TICK_MILLIS);
        }
        return Observation.of(new ArrayList<>());
    }

    /** Slurm is asked after the files were read, so an end that is seen there is older than this answer. */
    private Observation askSlurm(ArrayList<JobNews> news) throws InterruptedException {
        SlurmQuestions slurm = new SlurmQuestions(commands, request.elsewhere());
        SlurmQuestions.Answer<QueueEntry> queue = slurm.queue(request.askRestarts());
        if (request.accounting().isEmpty()) {
            return Observation.ofQueue(news, queue.rows(), queue.error());
        }
        SlurmQuestions.Answer<AccountingEntry> known = slurm.accounting(request.accounting());
        return new Observation(news, queue.rows(), queue.error(), known.rows(), known.error(), false);
    }
}
