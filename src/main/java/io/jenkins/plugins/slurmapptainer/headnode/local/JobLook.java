package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Looks for news of one job or task in its directory: when it has announced something, and at its output from its start on, the less
 * often the longer it is silent. While it waits nothing is looked at. Used by one thread at a time.
 */
final class JobLook implements Closeable {
    private static final int PIECE = 256 * 1024;
    private static final long KEPT_OPEN_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** An NFS client does not ask for the length of a file before it is opened, or for up to a minute. */
    private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** An announcement may fail where there is no room. */
    private static final long THOROUGH_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final JobStore store;
    private final JobDirectory directory;
    private final GrowingLog log;
    private final LookTimes times;
    /** Those of which all is known that there is in the directory. */
    private final Set<Announcement> settled = new HashSet<>();

    private final Set<Announcement> announced = new HashSet<>();
    private ObservedJob job;
    /** There may be something that nobody has announced here. */
    private boolean begun;

    private long nextSure;
    private long nextThorough;

    /** @param now nanoseconds of a clock that only goes forward */
    JobLook(String root, ObservedJob job, long now) {
        this.store = new JobStore(root);
        this.job = job;
        this.directory = job.directory(root);
        this.log = new GrowingLog(store, Path.of(directory.outputLog()));
        this.times = new LookTimes(now);
        this.nextSure = now + someOf(SURE_NANOS);
        this.nextThorough = now + someOf(THOROUGH_NANOS);
    }

    /** So that many that are watched from the same moment on are not looked at in one. */
    private static long someOf(long nanos) {
        return ThreadLocalRandom.current().nextLong(nanos);
    }

    /** Whoever watches has been told something, or knows something from Slurm. */
    void knows(ObservedJob known, long now) {
        if (known.unannounced() && !job.unannounced()) {
            times.happened(now);
        }
        job = known;
    }

    /** The job has announced something. */
    void announces(Announcement announcement, long now) {
        announced.add(announcement);
        if (isNews(announcement)) {
            times.happened(now);
        }
    }

    /** It has begun, and may have ended, before it was watched. */
    void hasBegun() {
        begun = true;
    }

    /** The job may have been there for long. */
    void spread(long now, long within) {
        if (within > 0) {
            times.notBefore(now + someOf(within));
        }
    }

    private boolean isNews(Announcement one) {
        return !settled.contains(one) && (one.ended() ? one.attempt() > job.ended() : one.attempt() > job.started());
    }

    /** Whether there is anything to look at, now or later. */
    boolean isActive() {
        return job.started() >= 0
                || job.unannounced()
                || begun
                || announced.stream().anyMatch(this::isNews);
    }

    boolean isDue(long now) {
        return times.isDue(now);
    }

    /** What is new since what is known by whoever watches. */
    JobNews look(long now) throws IOException, InterruptedException {
        boolean called = announced.stream().anyMatch(this::isNews);
        boolean ended = announced.stream().anyMatch(Announcement::ended);
        boolean thorough = called || begun || job.unannounced() || now - nextThorough >= 0;
        OutputReader.Piece piece = OutputReader.Piece.none(0);
        if (job.wantsOutput()) {
            boolean surely = thorough || now - nextSure >= 0;
            nextSure = surely ? now + SURE_NANOS : nextSure;
            piece = log.read(job.offset(), PIECE, ended, surely);
        }
        StartRecord started = null;
        ExitRecord exit = null;
        boolean startUnseen = job.started() < 0 && piece.bytes().length > 0;
        if (thorough || startUnseen) {
            nextThorough = now + THOROUGH_NANOS;
            List<String> names = store.list(directory.path());
            Attempts attempts = new Attempts(store, directory, names);
            exit = attempts.end()
                    .filter(record -> record.attempt() != job.ended())
                    .orElse(null);
            started = attempts.start(job.started()).orElse(null);
            if (started == null && exit == null) {
                settle(names);
                begun = false;
            }
        }
        JobNews news = new JobNews(job.token(), job.task(), piece.bytes(), piece.from(), started, exit);
        if (news.isEmpty()) {
            times.silent(now);
        } else {
            times.happened(now);
        }
        if (ended || times.silence(now) > KEPT_OPEN_NANOS) {
            log.close();
        }
        return news;
    }

    /** Another machine may show a name later than that it is announced. */
    private void settle(List<String> names) {
        Set<String> there = new HashSet<>(names);
        for (Announcement one : announced) {
            String record = (one.ended() ? directory.exit() : directory.started()) + one.attempt();
            if (there.contains(record.substring(record.lastIndexOf('/') + 1))) {
                settled.add(one);
            }
        }
    }

    /** Nothing can be seen now: somebody has closed the directory, or put something else there. */
    void failed(long now) {
        times.silent(now);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
