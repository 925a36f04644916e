package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the accounting knows about a job.
 *
 * @param id the job
 * @param state its state
 * @param printedState the words that {@code sacct} printed, such as {@code CANCELLED by 1000}
 * @param exitCode the accounting's exit code; 22.05 keeps only 7 bits, so a value above 127 is not the program's own
 * @param signal number of the signal that ended it, 53 when Slurm could not launch it, 0 if none
 * @param nodes the node list
 * @param origin the job's comment and its submit command, as far as the accounting keeps them
 */
public record AccountingEntry(
        String id, JobState state, String printedState, int exitCode, int signal, String nodes, String origin)
        implements Serializable {
    private static final Pattern CANCELLED_BY = Pattern.compile("CANCELLED by ([0-9]{1,10})");

    /**
     * Whether the row may be about the job with this token, by the comment or the path of the batch script. A row
     * without both may be about any job.
     */
    public boolean isOf(JobToken token) {
        return origin.isEmpty() || origin.contains(token.value());
    }

    /** Number of the user who cancelled the job, if the accounting says so. */
    public Optional<String> cancelledBy() {
        Matcher words = CANCELLED_BY.matcher(printedState);
        return words.matches() ? Optional.of(words.group(1)) : Optional.empty();
    }

    /** The same with the user's name instead of the number {@link #cancelledBy()}. */
    public AccountingEntry withCanceller(String name) {
        return new AccountingEntry(id, state, "CANCELLED by " + name, exitCode, signal, nodes, origin);
    }
}
