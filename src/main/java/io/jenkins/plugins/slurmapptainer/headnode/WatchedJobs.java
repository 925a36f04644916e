package io.jenkins.plugins.slurmapptainer.headnode;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A list of watched jobs on the machine that receives its {@link WatchChanges}. For one thread at a time. */
public final class WatchedJobs {
    private final Map<String, ObservedJob> jobs = new LinkedHashMap<>();
    private long version;

    /**
     * Applies changes.
     *
     * @return whether the list is up to date now; if not, the whole list must be sent
     */
    public boolean apply(WatchChanges changes) {
        // An older call may arrive after a newer one.
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

    /** All jobs of the list. */
    public Collection<ObservedJob> all() {
        return jobs.values();
    }
}
