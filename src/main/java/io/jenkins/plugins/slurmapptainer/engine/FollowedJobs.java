package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that a monitor tracks, and what its head node knows about them. A job without news costs nothing here. Any
 * thread may add and remove jobs; everything else is for the monitor's thread.
 */
final class FollowedJobs {
    private final Map<String, MonitoredJob> jobs = new ConcurrentHashMap<>();
    /** Keys of jobs that may have changed. */
    private final Set<String> touched = ConcurrentHashMap.newKeySet();

    private volatile boolean allTouched;

    /** Name of the list for the head node. */
    private final String list = UUID.randomUUID().toString();

    private final Map<String, ObservedJob> watched = new HashMap<>();
    private final Set<String> restless = new HashSet<>();
    private final Set<String> urgent = new HashSet<>();
    /** Changes that the head node may not know yet. */
    private final Map<String, ObservedJob> changed = new LinkedHashMap<>();

    private final Set<String> gone = new HashSet<>();
    /** How many have not started. */
    private int waiting;

    private String agent = "";
    private long version;
    /** The newest version that the head node knows for certain, 0 for none. */
    private long confirmed;

    void add(MonitoredJob job) {
        String key = job.key();
        jobs.put(key, job);
        touched.add(key);
    }

    void remove(MonitoredJob job) {
        String key = job.key();
        jobs.remove(key, job);
        touched.add(key);
    }

    /** Says that any job may have changed. */
    void touchAll() {
        allTouched = true;
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    int size() {
        return jobs.size();
    }

    Collection<MonitoredJob> all() {
        return jobs.values();
    }

    /** The agent that one of the jobs prefers, may be empty. */
    String preferredAgent() {
        return jobs.values().stream()
                .findFirst()
                .map(MonitoredJob::preferredAgent)
                .orElse("");
    }

    /** Looks at the jobs that may have changed since the last call. */
    void refresh() {
        if (allTouched) {
            allTouched = false;
            // A job that goes meanwhile is touched, and dealt with below.
            jobs.forEach(this::refresh);
        }
        // What is touched from here on is looked at again.
        for (Iterator<String> keys = touched.iterator(); keys.hasNext(); ) {
            String key = keys.next();
            keys.remove();
            MonitoredJob job = jobs.get(key);
            if (job == null) {
                forget(key);
            } else {
                refresh(key, job);
            }
        }
    }

    private void forget(String key) {
        ObservedJob watch = watched.remove(key);
        if (watch != null) {
            waiting -= isWaiting(watch) ? 1 : 0;
            changed.remove(key);
            gone.add(key);
        }
        restless.remove(key);
        urgent.remove(key);
    }

    private void refresh(String key, MonitoredJob job) {
        ObservedJob watch = job.watch();
        ObservedJob before = watched.get(key);
        if (!watch.equals(before)) {
            waiting += isWaiting(watch) ? 1 : 0;
            waiting -= before != null && isWaiting(before) ? 1 : 0;
            watched.put(key, watch);
            changed.put(key, watch);
            gone.remove(key);
        }
        mark(restless, key, job.isRestless());
        mark(urgent, key, job.wantsQueue());
    }

    private static boolean isWaiting(ObservedJob watch) {
        return watch.started() < 0;
    }

    private static void mark(Set<String> set, String key, boolean is) {
        if (is) {
            set.add(key);
        } else {
            set.remove(key);
        }
    }

    /** Whether an answer of Slurm is needed to end a job. */
    boolean isUrgent() {
        return !urgent.isEmpty();
    }

    /** Whether a job has not started. */
    boolean isWaiting() {
        return waiting > 0;
    }

    /** Milliseconds until something must be shown even without news. */
    long pause() {
        return restless.stream()
                .map(jobs::get)
                .filter(job -> job != null)
                .mapToLong(MonitoredJob::pause)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The jobs with news, and those that must hear about every round. */
    List<MonitoredJob> toBeTold(Set<String> news) {
        Set<String> keys = new HashSet<>(news);
        keys.addAll(restless);
        List<MonitoredJob> all = new ArrayList<>();
        for (String key : keys) {
            MonitoredJob job = jobs.get(key);
            if (job != null) {
                all.add(job);
            }
        }
        return all;
    }

    /** Says that these jobs have been called and may have changed. */
    void told(Collection<MonitoredJob> some) {
        if (some.size() >= jobs.size()) {
            touchAll();
        } else {
            some.forEach(job -> touched.add(job.key()));
        }
    }

    /** The changes to send to a head node with the next call. */
    WatchChanges changes(String headNode) {
        if (!headNode.equals(agent)) {
            agent = headNode;
            confirmed = 0;
        }
        boolean whole = confirmed == 0;
        if (!whole && changed.isEmpty() && gone.isEmpty()) {
            return new WatchChanges(list, confirmed, confirmed, new ArrayList<>(), new ArrayList<>());
        }
        version++;
        return whole
                ? new WatchChanges(list, 0, version, new ArrayList<>(watched.values()), new ArrayList<>())
                : new WatchChanges(list, confirmed, version, new ArrayList<>(changed.values()), new ArrayList<>(gone));
    }

    /** Called when the head node has answered a call with these changes. */
    void confirm(WatchChanges sent) {
        confirmed = sent.version();
        changed.clear();
        gone.clear();
    }

    /** Called when it is not certain what the head node knows. */
    void unconfirm() {
        confirmed = 0;
    }

    /**
     * Checks news and sorts it by key.
     *
     * @throws IOException when it is about a job that was not asked about, or does not continue where the output ended
     */
    Map<String, JobNews> checked(List<JobNews> answer) throws IOException {
        Map<String, JobNews> news = new HashMap<>();
        for (JobNews item : answer) {
            ObservedJob watch = watched.get(item.key());
            boolean fits =
                    watch != null && (watch.wantsOutput() ? item.from() <= watch.offset() : item.output().length == 0);
            if (!fits) {
                throw new IOException("the head node answered about something that was not asked");
            }
            news.put(item.key(), item);
        }
        return news;
    }
}
