package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record that an attempt writes when its batch script starts.
 *
 * @param jobId the job that ran it
 * @param attempt 0 for the first one, otherwise the number of restarts
 * @param time when it started, by the compute node's clock, in seconds since 1970
 * @param node the node; several nodes in Slurm's abbreviation
 */
public record StartRecord(String jobId, int attempt, long time, String node) implements Serializable {
    private static final Pattern FORM =
            Pattern.compile("v1 token=(?<token>[0-9a-f]{32}) job=(?<job>[0-9_+]{1,32}) attempt=(?<attempt>[0-9]{1,6})"
                    + " time=(?<time>[0-9]{1,12}) node=(?<node>[A-Za-z0-9._,\\[\\]-]{0,255})\\s*");

    /** Reads the record of the job with this token. Empty for any other text. */
    public static Optional<StartRecord> parse(String token, String text) {
        Matcher m = FORM.matcher(text);
        return m.matches()
                        && m.group("token").equals(token)
                        && JobId.parse(m.group("job")).isPresent()
                ? Optional.of(new StartRecord(
                        m.group("job"),
                        Integer.parseInt(m.group("attempt")),
                        Long.parseLong(m.group("time")),
                        m.group("node")))
                : Optional.empty();
    }

    /** The start in words for a log. */
    public String text() {
        return "start " + attempt + " as job " + jobId + " on " + node;
    }
}
