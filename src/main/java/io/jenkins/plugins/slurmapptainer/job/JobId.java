package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A job id as Slurm prints it: {@code 123}, {@code 123_4} (array task), {@code 123+1} (component of a heterogeneous
 * job). It is kept as text, because federated ids do not fit an {@code int} (bits 26 to 31 name the cluster,
 * {@code squeue(1)}).
 *
 * @param text the id for every later command
 * @param cluster the cluster that {@code sbatch --parsable} printed after a semicolon, empty if none
 */
public record JobId(String text, String cluster) implements Serializable {
    private static final Pattern TEXT = Pattern.compile("[1-9][0-9]{0,9}(_[0-9]{1,7})?(\\+[0-9]{1,4})?");
    /** The lower bits of a federated id are the job, the bits above are the cluster. */
    private static final int CLUSTER_BITS = 26;

    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_.-]{0,64}");

    public JobId {
        if (!TEXT.matcher(text).matches() || !CLUSTER.matcher(cluster).matches()) {
            throw new IllegalArgumentException("not a Slurm job id: " + text + ";" + cluster);
        }
    }

    /** Reads {@code 123}, {@code 123_4}, {@code 123+1} or one of them followed by {@code ;cluster}. */
    public static Optional<JobId> parse(String printed) {
        int semicolon = printed.indexOf(';');
        String text = semicolon < 0 ? printed : printed.substring(0, semicolon);
        String cluster = semicolon < 0 ? "" : printed.substring(semicolon + 1);
        boolean valid = TEXT.matcher(text).matches()
                && CLUSTER.matcher(cluster).matches()
                && (semicolon < 0 || !cluster.isEmpty());
        return valid ? Optional.of(new JobId(text, cluster)) : Optional.empty();
    }

    /**
     * The id of the submission that a printed id belongs to: {@code 123} for an array's {@code 123_4} or
     * {@code 123_[5-9]}.
     */
    public static Optional<JobId> ofSubmission(String printed) {
        return parse(printed.replaceFirst("_(?:[0-9]+|\\[[^;\\]]*\\])", ""));
    }

    /** Whether the id names the cluster of a federation to which the job was submitted ({@code squeue(1)}). */
    public boolean isFederated() {
        return Long.parseLong(text.split("[_+]")[0]) >> CLUSTER_BITS > 0;
    }

    /**
     * The printed id if it names another cluster, whose jobs the head node's own cluster may not know; otherwise empty.
     */
    public static String elsewhere(String printed) {
        if (isSmallNumber(printed)) {
            return "";
        }
        return parse(printed)
                .filter(id -> id.isFederated() || !id.cluster().isEmpty())
                .map(JobId::toString)
                .orElse("");
    }

    /** Whether the text is that of a number, or of none, with no bits that name a cluster. Of most ids this is all there is to know. */
    private static boolean isSmallNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return text.isEmpty() || text.length() < 10 && Integer.parseInt(text) >> CLUSTER_BITS == 0;
    }

    @Override
    public String toString() {
        return cluster.isEmpty() ? text : text + ";" + cluster;
    }
}
