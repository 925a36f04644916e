package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the accounting knows of a job.
 *
 * @param id the job
 * @param state its state
 * @param printedState the words that {@code sacct} printed, such as {@code CANCELLED by 1000}
 * @param exitCode as the accounting has it: 22.05 keeps 7 bits only, so a value above 127 is not what the program said
 * @param signal number of the signal that ended it, 53 when Slurm could not launch it, 0 if none
 * @param nodes the node list
 * @param origin the job's comment and the command that submitted it, as far as the accounting keeps them
 */
public record AccountingEntry(
        String id, JobState state, String printedState, int exitCode, int signal, String nodes, String origin)
        implements Serializable {
    private static final Pattern CANCELLED_BY = Pattern.compile("CANCELLED by ([0-9]{1,10})");

    /**
     * Whether the row may be about the job with a token, by the comment or the path of the batch script; one that has neither
     * may be about any.
     */
    public boolean isOf(JobToken token) {
        return origin.isEmpty() || origin.contains(token.value());
    }

    /** Number of the user who cancelled the job, if the accounting says so. */
    public Optional<String> cancelledBy() {
        Matcher words = CANCELLED_BY.matcher(printedState);
        return words.matches() ? Optional.of(words.group(1)) : Optional.empty();
    }

    /** With the name instead of the number of {@link #cancelledBy()}. */
    public AccountingEntry withCanceller(String name) {
        return new AccountingEntry(id, state, "CANCELLED by " + name, exitCode, signal, nodes, origin);
    }
}
