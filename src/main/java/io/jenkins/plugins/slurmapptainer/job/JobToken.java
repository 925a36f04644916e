package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of one submission, chosen and saved before {@code sbatch} is called. It is the name of the job directory,
 * and it is in the job's comment and in every record of the job. So the job can be found if {@code sbatch}'s answer is
 * lost.
 *
 * @param value 32 lower-case hexadecimal digits (128 random bits)
 */
public record JobToken(String value) implements Serializable {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public JobToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a job token: " + value);
        }
    }

    /** Reads a token; empty if the text is none. */
    public static Optional<JobToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new JobToken(text)) : Optional.empty();
    }

    public static JobToken random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new JobToken(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
