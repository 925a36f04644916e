package io.jenkins.plugins.slurmapptainer.job;

import java.util.regex.Pattern;

/** Names of jobs. Slurm itself takes any text; this keeps to what survives every listing and every shell. */
public final class JobName {
    /** Letters and digits first, then also {@code . _ + @ : -}; at most 128 characters. */
    static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@:-]{0,127}");

    private JobName() {}

    /** A valid name made of any text, such as a build's display name: other characters become {@code _}. */
    public static String derivedFrom(String text) {
        String cleaned = text.replaceAll("[^A-Za-z0-9._+@:-]+", "_").replaceAll("^[^A-Za-z0-9]+|_+$", "");
        String name = cleaned.length() > 128 ? cleaned.substring(cleaned.length() - 128) : cleaned;
        name = name.replaceAll("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "jenkins" : name;
    }
}
