package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One long poll: looks for news of jobs in their directories, again and again, and asks Slurm once if it is to. */
final class JobObservation {
    private static final Logger LOGGER = Logger.getLogger(JobObservation.class.getName());
    private static final long TICK_MILLIS = 200;
    /** Starts are looked for in every job's own directory, so less often than ends. */
    private static final int THOROUGH_EVERY = 5;

    private final CommandRunner commands;
    private final ObserveRequest request;

    JobObservation(CommandRunner commands, ObserveRequest request) {
        this.commands = commands;
        this.request = request;
    }

    /** Returns as soon as there is news, Slurm has been asked, or the request's time is over. */
    Observation observe() throws IOException, InterruptedException {
        JobFiles files = new JobFiles(request.root());
        long end = System.nanoTime() + Duration.ofMillis(request.waitMillis()).toNanos();
        for (int tick = 0; ; tick++) {
            ArrayList<JobNews> news = lookUnlessInterrupted(files, tick % THOROUGH_EVERY == 0);
            if (request.askQueue()) {
                return askSlurm(news);
            }
            if (!news.isEmpty() || System.nanoTime() >= end) {
                return Observation.of(news);
            }
            Thread.sleep(TICK_MILLIS);
        }
    }

    private ArrayList<JobNews> lookUnlessInterrupted(JobFiles files, boolean thorough)
            throws IOException, InterruptedException {
        try {
            return look(files, thorough);
        } catch (ClosedByInterruptException e) {
            throw FileTrouble.interrupted();
        }
    }

    private ArrayList<JobNews> look(JobFiles files, boolean thorough)
            throws IOException, InterruptedException {
        Marks marks = new Marks(request.root());
        ArrayList<JobNews> news = new ArrayList<>();
        int bytes = 0;
        // In another order every time: the bound of an answer never cuts off the same jobs for ever.
        ArrayList<ObservedJob> watches = new ArrayList<>(request.watches());
        Collections.shuffle(watches);
        for (ObservedJob watch : watches) {
            if (bytes >= Observation.FULL_BYTES) {
                break;
            }
            Optional<JobNews> job = look(files, watch, marks, thorough);
            bytes += job.map(item -> item.output().length).orElse(0);
            job.filter(item -> !item.isEmpty()).ifPresent(news::add);
        }
        return news;
    }

    /** A program may have closed its own job's directory, or put something else there: that keeps no other from its news. */
    private static Optional<JobNews> look(JobFiles files, ObservedJob watch, Marks marks, boolean thorough)
            throws IOException, InterruptedException {
        try {
            return Optional.of(files.look(watch, marks, thorough));
        } catch (AccessDeniedException | NotDirectoryException e) {
            LOGGER.log(Level.FINE, e, () -> "nothing to be seen of " + watch.key());
            return Optional.empty();
        }
    }

    /** Asked after the files were read: an end that is seen there is older than this answer. */
    private Observation askSlurm(ArrayList<JobNews> news) throws InterruptedException {
        SlurmQuestions slurm = new SlurmQuestions(commands, request.elsewhere());
        SlurmQuestions.Answer<QueueEntry> queue = slurm.queue(request.askRestarts());
        if (request.accounting().isEmpty()) {
            return new Observation(news, queue.rows(), queue.error(), null, "");
        }
        SlurmQuestions.Answer<AccountingEntry> known = slurm.accounting(request.accounting());
        return new Observation(news, queue.rows(), queue.error(), known.rows(), known.error());
    }
}
