package io.jenkins.plugins.slurmapptainer.headnode;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A list of watched jobs at the place to which its {@link WatchChanges} travel. Used by one thread at a time. */
public final class WatchedJobs {
    private final Map<String, ObservedJob> jobs = new LinkedHashMap<>();
    private long version;

    /**
     * Takes over what has changed.
     *
     * @return whether the list is now the one that is meant; if not, all of it has to be sent
     */
    public boolean apply(WatchChanges changes) {
        // An older call may come later than a newer one.
        if (version < changes.since() || version > changes.version()) {
            return false;
        }
        if (changes.isWhole()) {
            jobs.clear();
        }
        changes.gone().forEach(jobs::remove);
        changes.changed().forEach(job -> jobs.put(job.key(), job));
        version = changes.version();
        return true;
    }

    /** All of them. */
    public Collection<ObservedJob> all() {
        return jobs.values();
    }
}
