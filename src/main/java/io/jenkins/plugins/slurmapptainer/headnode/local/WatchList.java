package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import io.jenkins.plugins.slurmapptainer.headnode.WatchedJobs;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The jobs of one controller that are watched from here, and what was seen of them. Safe for several threads. A call
 * that was overtaken by a newer one sees nothing any more.
 */
final class WatchList implements Closeable {
    private static final Logger LOGGER = Logger.getLogger(WatchList.class.getName());
    /** The first looks at jobs that have long been running are spread over some time. */
    private static final long SPREAD_NANOS_PER_JOB = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long MAX_SPREAD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String root;
    private final boolean once;
    private final WatchedJobs jobs = new WatchedJobs();
    private final Map<String, JobLook> looks = new HashMap<>();
    /** Jobs that may have something to see. */
    private final Set<JobLook> active = new HashSet<>();

    private final Announcements announcements;
    private long version;

    /** @param once whether nobody will ask again, so that everything is looked at, announced or not */
    WatchList(String root, boolean once) {
        this.root = root;
        this.once = once;
        this.announcements = new Announcements(root);
    }

    /**
     * Applies changes.
     *
     * @return whether the list is up to date now; if not, the whole list must be sent
     */
    synchronized boolean apply(WatchChanges changes) throws IOException {
        if (!jobs.apply(changes)) {
            return false;
        }
        version = changes.version();
        long now = System.nanoTime();
        for (String key : changes.gone()) {
            end(looks.remove(key));
        }
        if (changes.isWhole()) {
            Set<String> there = new HashSet<>();
            jobs.all().forEach(job -> there.add(job.key()));
            for (String key : new ArrayList<>(looks.keySet())) {
                if (!there.contains(key)) {
                    end(looks.remove(key));
                }
            }
        }
        List<ObservedJob> more = new ArrayList<>();
        for (ObservedJob job : changes.changed()) {
            JobLook look = looks.get(job.key());
            if (look == null) {
                more.add(job);
            } else {
                look.knows(job, now);
                sort(look);
                remove(look.heard());
            }
        }
        begin(more, now);
        return true;
    }

    private void begin(List<ObservedJob> more, long now) throws IOException {
        if (more.isEmpty()) {
            return;
        }
        long spread = more.size() == 1 ? 0 : Math.min(MAX_SPREAD_NANOS, more.size() * SPREAD_NANOS_PER_JOB);
        Map<String, List<Announcement>> announced = new HashMap<>();
        listen(now, false);
        for (Announcement one : announcements.known()) {
            announced.computeIfAbsent(one.token(), token -> new ArrayList<>()).add(one);
        }
        BegunTasks begun = new BegunTasks(root);
        for (ObservedJob job : more) {
            JobLook look = new JobLook(root, job, now);
            if (once) {
                look.hasBegun();
            } else {
                look.spread(now, spread);
            }
            if (begun.contains(job)) {
                look.hasBegun();
            }
            looks.put(job.key(), look);
            announced.getOrDefault(job.token().value(), List.of()).stream()
                    .filter(one -> one.task() == job.task())
                    .forEach(one -> look.announces(one, now));
            sort(look);
        }
    }

    private void end(JobLook look) throws IOException {
        if (look != null) {
            active.remove(look);
            look.close();
            remove(look.allHeard());
        }
    }

    /** One that stays does no harm. */
    private void remove(Collection<Announcement> heard) {
        for (Announcement one : heard) {
            try {
                announcements.remove(one);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "an announcement cannot be removed: " + one.name());
            }
        }
    }

    private void sort(JobLook look) {
        if (look.isActive()) {
            active.add(look);
        } else {
            active.remove(look);
        }
    }

    /** Passes announcements to the jobs. */
    private void listen(long now, boolean surely) throws IOException {
        for (Announcement one : announcements.look(now, surely)) {
            JobLook look = looks.get(key(one));
            if (look != null) {
                look.announces(one, now);
                sort(look);
            }
        }
    }

    private static String key(Announcement one) {
        return one.isOfTask() ? one.token() + "." + one.task() : one.token();
    }

    /** Whether no newer call has brought newer changes. */
    synchronized boolean isCurrent(WatchChanges changes) {
        return version == changes.version();
    }

    /**
     * Looks once.
     *
     * @param surely whether to list the announcements even if nothing seems to have changed
     */
    synchronized ArrayList<JobNews> look(boolean surely) throws IOException, InterruptedException {
        long now = System.nanoTime();
        listen(now, surely);
        // Shuffled, so that the limit of an answer does not always cut off the same jobs.
        List<JobLook> due = new ArrayList<>();
        active.stream().filter(look -> look.isDue(now)).forEach(due::add);
        Collections.shuffle(due);
        ArrayList<JobNews> news = new ArrayList<>();
        int bytes = 0;
        for (JobLook look : due) {
            if (bytes >= Observation.FULL_BYTES) {
                break;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            JobNews found = look(look, now);
            sort(look);
            if (found != null && !found.isEmpty()) {
                bytes += found.output().length;
                news.add(found);
            }
        }
        return news;
    }

    /**
     * Looks at one job. A program may have closed its own job's directory or replaced it, and a network file system may have lost one of
     * its files: that must not keep others from their news.
     */
    @CheckForNull
    private static JobNews look(JobLook look, long now) throws IOException, InterruptedException {
        try {
            return look.look(now);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "nothing to be seen of a job", e);
            look.failed(now);
            return null;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (JobLook look : looks.values()) {
            look.close();
        }
        looks.clear();
        active.clear();
    }
}
