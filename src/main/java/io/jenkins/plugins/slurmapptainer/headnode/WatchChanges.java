package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The jobs that somebody watches, as they travel to the head node: the whole list, or what has changed since the head node was told
 * last. Whoever watches thousands of jobs need not send them again with every call. May be sent again at any time.
 *
 * @param list names the list for as long as it is watched; empty for one that nobody will ask about again
 * @param since the version that the head node has to know for this to make sense, 0 for a whole list
 * @param version of the list with these changes
 * @param changed jobs and tasks that are new in the list, or of which something else is known
 * @param gone keys of those that are no longer watched
 */
public record WatchChanges(
        String list, long since, long version, ArrayList<ObservedJob> changed, ArrayList<String> gone)
        implements Serializable {
    /** A list for one call only. */
    public static WatchChanges once(List<ObservedJob> jobs) {
        return new WatchChanges("", 0, 1, new ArrayList<>(jobs), new ArrayList<>());
    }

    /** Whether this is all of the list. */
    public boolean isWhole() {
        return since == 0;
    }
}
