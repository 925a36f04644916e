package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names by which jobs and tasks show that there is something to look at, at one moment: one listing for all jobs and one
 * for all tasks of an array, however many there are.
 */
final class Marks {
    private final String root;
    private final Set<String> done;
    private final Map<JobToken, Set<String>> tasks = new HashMap<>();

    Marks(String root) throws IOException {
        this.root = root;
        this.done = names(JobDirectory.done(root));
    }

    /** Whether an attempt has ended. */
    boolean hasEnded(ObservedJob watch) throws IOException {
        return watch.task() == JobDirectory.NO_TASK
                ? done.contains(watch.token().value())
                : tasks(watch).contains(watch.task() + ".done");
    }

    /** Whether there may be anything; for a job this is not known. */
    boolean mayHaveBegun(ObservedJob watch) throws IOException {
        return watch.task() == JobDirectory.NO_TASK
                || watch.started() >= 0
                || tasks(watch).contains(watch.task() + ".log")
                || tasks(watch).contains(String.valueOf(watch.task()));
    }

    private Set<String> tasks(ObservedJob watch) throws IOException {
        Set<String> known = tasks.get(watch.token());
        if (known == null) {
            known = names(watch.directory(root).tasks());
            tasks.put(watch.token(), known);
        }
        return known;
    }

    private Set<String> names(String directory) throws IOException {
        return new HashSet<>(new JobStore(root).list(directory));
    }
}
