package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Looks for news of one job or task in its directory: at its records when it has announced something, and at its output
 * from its start on. The longer the output is silent, the less often it is looked at. A waiting job is not looked at.
 * For one thread at a time.
 */
final class JobLook implements Closeable {
    private static final int PIECE = 256 * 1024;
    /** More starts than any job has; a program could announce any number. */
    private static final int MAX_ANNOUNCED = 1_000;
    /** A record that cannot be read for so long after its announcement is none. */
    private static final long UNREADABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long KEPT_OPEN_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** An NFS client may use an old length of a file for up to a minute, unless the file is opened. */
    private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** An announcement may fail if there is no room, so the directory is looked at now and then without one. */
    private static final long THOROUGH_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final JobStore store;
    private final JobDirectory directory;
    private final GrowingLog log;
    private final LookTimes times;
    /** Announcements that need no look any more. */
    private final Set<Announcement> settled = new HashSet<>();

    /** Announcements, with when they were heard. */
    private final Map<Announcement, Long> announced = new HashMap<>();

    private ObservedJob job;
    /** Whether there may be news here that nobody has announced. */
    private boolean begun;

    private long nextSure;
    private long nextThorough;

    /** @param now nanoseconds of a clock that never goes back */
    JobLook(String root, ObservedJob job, long now) {
        this.store = new JobStore(root);
        this.job = job;
        this.directory = job.directory(root);
        this.log = new GrowingLog(store, Path.of(directory.outputLog()));
        this.times = new LookTimes(now);
        this.nextSure = now + someOf(SURE_NANOS);
        this.nextThorough = now + someOf(THOROUGH_NANOS);
    }

    /**
     * A random part of a time, so that jobs that are watched from the same moment on are not all looked at together.
     */
    private static long someOf(long nanos) {
        return ThreadLocalRandom.current().nextLong(nanos);
    }

    /** Called when the watcher has received news, or knows more from Slurm. */
    void knows(ObservedJob known, long now) {
        if (known.unannounced() && !job.unannounced()) {
            times.happened(now);
        }
        job = known;
    }

    /** Called when the job has announced something. */
    void announces(Announcement announcement, long now) {
        if (announced.size() >= MAX_ANNOUNCED) {
            return;
        }
        announced.putIfAbsent(announcement, now);
        if (isNews(announcement)) {
            times.happened(now);
        }
    }

    /** Called for a job that started, and may have ended, before it was watched. */
    void hasBegun() {
        begun = true;
    }

    /** Delays the first look by a random time, because the job may have been there for long. */
    void spread(long now, long within) {
        if (within > 0) {
            times.notBefore(now + someOf(within));
        }
    }

    private boolean isNews(Announcement one) {
        // An end may be that of a run before the one whose end is known: a start that did nothing came in between.
        return !settled.contains(one) && (one.ended() || one.attempt() > job.started());
    }

    /** Announcements of an array's task that the watcher has no more use for. Tasks could be very many, so theirs do not stay. */
    List<Announcement> heard() {
        List<Announcement> heard = announced.keySet().stream()
                .filter(one -> one.isOfTask() && settled.contains(one))
                .toList();
        heard.forEach(announced::remove);
        return heard;
    }

    /** The same when the task is no longer watched. */
    List<Announcement> allHeard() {
        return announced.keySet().stream().filter(Announcement::isOfTask).toList();
    }

    /** Whether there is anything to look at, now or later. */
    boolean isActive() {
        return job.started() >= 0
                || job.unannounced()
                || begun
                || announced.keySet().stream().anyMatch(this::isNews);
    }

    boolean isDue(long now) {
        return times.isDue(now);
    }

    /** The news for the watcher. */
    JobNews look(long now) throws IOException, InterruptedException {
        boolean called = announced.keySet().stream().anyMatch(this::isNews);
        boolean ended = job.ended() >= job.started() && job.ended() >= 0
                || announced.keySet().stream().anyMatch(one -> one.ended() && one.attempt() >= job.started());
        boolean thorough = called || begun || job.unannounced() || now - nextThorough >= 0;
        OutputReader.Piece piece = OutputReader.Piece.none(0);
        if (job.wantsOutput()) {
            // Whoever knows of the end waits for the rest of the output.
            boolean surely = thorough || ended || now - nextSure >= 0;
            nextSure = surely ? now + SURE_NANOS : nextSure;
            piece = log.read(job.offset(), PIECE, ended, surely);
        }
        StartRecord started = null;
        ExitRecord exit = null;
        boolean startUnseen = job.started() < 0 && piece.bytes().length > 0;
        if (thorough || startUnseen) {
            List<String> names = store.list(directory.path());
            Attempts attempts = new Attempts(store, directory, names);
            exit = attempts.end()
                    .filter(record -> record.attempt() != job.ended())
                    .orElse(null);
            started = attempts.start(job.started()).orElse(null);
            // Told until the watcher knows it: an answer may be lost.
            begun = started != null || exit != null;
            if (!begun) {
                settle(names, now);
                nextThorough = now + THOROUGH_NANOS;
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

    /**
     * Remembers the announcements of which the watcher knows all that there is. Another machine may see a record later than its
     * announcement.
     */
    private void settle(List<String> names, long now) {
        Set<String> there = new HashSet<>(names);
        announced.forEach((one, since) -> {
            boolean start = has(there, directory.started() + one.attempt());
            boolean end = has(there, directory.exit() + one.attempt());
            // An end without a start is that of a start that did nothing.
            boolean known =
                    one.ended() ? end && (job.ended() >= one.attempt() || job.started() > one.attempt()) : start || end;
            if (known || now - since > UNREADABLE_NANOS) {
                settled.add(one);
            }
        });
    }

    private static boolean has(Set<String> names, String record) {
        return names.contains(record.substring(record.lastIndexOf('/') + 1));
    }

    /** Called when nothing can be seen now, because somebody has closed the directory or replaced it. */
    void failed(long now) {
        times.silent(now);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
