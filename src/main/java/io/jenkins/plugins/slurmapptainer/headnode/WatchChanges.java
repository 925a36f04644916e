package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The watched jobs as they are sent to the head node: the whole list, or its changes since the last call. So thousands
 * of jobs need not be sent with every call. The same changes may be sent again at any time.
 *
 * @param list name of the list as long as it is watched; empty for a list that is used only once
 * @param since the version that the head node must already know; 0 for a whole list
 * @param version version of the list with these changes
 * @param changed jobs and tasks that are new in the list, or about which more is known
 * @param gone keys of jobs and tasks that are no longer watched
 */
public record WatchChanges(
        String list, long since, long version, ArrayList<ObservedJob> changed, ArrayList<String> gone)
        implements Serializable {
    /** A list for one call only. */
    public static WatchChanges once(List<ObservedJob> jobs) {
        return new WatchChanges("", 0, 1, new ArrayList<>(jobs), new ArrayList<>());
    }

    /** Whether this is the whole list. */
    public boolean isWhole() {
        return since == 0;
    }
}
