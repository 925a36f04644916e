package io.jenkins.plugins.slurmapptainer.job;

import java.util.regex.Pattern;

/**
 * Names of jobs. Slurm accepts any text. This class accepts only names that every listing and every shell shows
 * correctly.
 */
public final class JobName {
    /** The parameter's name in a Jenkinsfile. */
    static final String FIELD = "jobName";

    /** Starts with a letter or digit; then also {@code . _ + @ : -}. At most 128 characters. */
    static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@:-]{0,127}");

    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cc}]{1,128}");

    private JobName() {}

    /**
     * Checks a name from a script's {@code #SBATCH} line. Any text is allowed that {@code sbatch} accepts.
     *
     * @return the name, unchanged
     * @throws InvalidRequestException for control characters, and for more than 128 characters
     */
    public static String checkInScript(String name) {
        if (!PRINTABLE.matcher(name).matches()) {
            throw new InvalidRequestException(
                    FIELD,
                    "'" + Printable.of(name) + "' is not a name of 1 to 128 characters without control characters");
        }
        return name;
    }

    /** Makes a valid name of any text, such as a build's display name. Other characters become {@code _}. */
    public static String derivedFrom(String text) {
        String cleaned = text.replaceAll("[^A-Za-z0-9._+@:-]+", "_").replaceAll("^[^A-Za-z0-9]+|_+$", "");
        String name = cleaned.length() > 128 ? cleaned.substring(cleaned.length() - 128) : cleaned;
        name = name.replaceAll("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "jenkins" : name;
    }
}
