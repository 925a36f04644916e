package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The clusters that a question is about ({@code squeue(1)}, {@code sacct(1)}, {@code scancel(1)}).
 *
 * @param cluster name of a cluster, empty for the head node's own
 * @param federation whether the whole federation of that cluster is asked
 */
public record QueueScope(String cluster, boolean federation) {
    /** The head node's own cluster. */
    public static final QueueScope OWN = new QueueScope("", false);

    static QueueScope cluster(String name) {
        return new QueueScope(name, false);
    }

    /**
     * The scopes to ask in order to learn about all jobs: one, unless {@code sbatch} has named other clusters.
     *
     * @param elsewhere ids that the head node's own cluster may not know
     */
    public static Set<QueueScope> covering(Collection<JobId> elsewhere) {
        Set<QueueScope> scopes = new LinkedHashSet<>();
        scopes.add(new QueueScope("", elsewhere.stream().anyMatch(JobId::isFederated)));
        elsewhere.stream()
                .map(JobId::cluster)
                .filter(name -> !name.isEmpty())
                .map(QueueScope::cluster)
                .forEach(scopes::add);
        return scopes;
    }

    /** Whether a job's id means a job in this scope. */
    public boolean includes(JobId id) {
        return id.cluster().equals(cluster);
    }

    /** Completes an id that was printed for this scope to the form of {@link JobId#toString()}. */
    public String qualify(String printedId) {
        return cluster.isEmpty() ? printedId : printedId + ";" + cluster;
    }

    List<String> of(String command, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(command));
        if (!cluster.isEmpty()) {
            argv.add("--clusters=" + cluster);
        } else if (federation) {
            argv.add("--federation");
        }
        argv.addAll(List.of(arguments));
        return argv;
    }
}
