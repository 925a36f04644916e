package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NotDirectoryException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Which tasks of arrays have started at this moment. One listing is enough for all tasks of an array. */
final class BegunTasks {
    private static final Logger LOGGER = Logger.getLogger(BegunTasks.class.getName());

    private final JobStore store;
    private final String root;
    private final Map<JobToken, Set<String>> names = new HashMap<>();

    BegunTasks(String root) {
        this.store = new JobStore(root);
        this.root = root;
    }

    /** Whether this is a task that has started. */
    boolean contains(ObservedJob job) throws IOException {
        if (!job.isTask()) {
            return false;
        }
        Set<String> known = names.get(job.token());
        if (known == null) {
            known = list(job);
            names.put(job.token(), known);
        }
        return known.contains(String.valueOf(job.task()));
    }

    /** The names that the tasks have left; none if a job has closed its directory or replaced it. */
    private Set<String> list(ObservedJob job) throws IOException {
        try {
            return new HashSet<>(store.list(job.directory(root).tasks()));
        } catch (AccessDeniedException | NotDirectoryException e) {
            LOGGER.log(Level.FINE, e, () -> "no tasks to be seen of " + job.token());
            return Set.of();
        }
    }
}
