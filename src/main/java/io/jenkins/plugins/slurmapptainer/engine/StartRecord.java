package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an attempt writes when the program is about to start.
 *
 * @param jobId the job that ran it
 * @param attempt 0, or the number of restarts
 * @param node where
 */
public record StartRecord(String jobId, int attempt, String node) implements Serializable {
    private static final Pattern FORM = Pattern.compile(
            "v1 token=(?<token>[0-9a-f]{32}) job=(?<job>[0-9_+]{1,32}) attempt=(?<attempt>[0-9]{1,6})"
                    + " node=(?<node>[A-Za-z0-9._-]{0,255})\\s*");

    /** Reads the record of the given token; anything else is no record. */
    public static Optional<StartRecord> parse(String token, String text) {
        Matcher m = FORM.matcher(text);
        return m.matches() && m.group("token").equals(token)
                ? Optional.of(new StartRecord(m.group("job"), Integer.parseInt(m.group("attempt")), m.group("node")))
                : Optional.empty();
    }
}
