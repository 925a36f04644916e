package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;

/**
 * The form in which values reach a job: {@code NAME=value}, each ended by NUL, which a value cannot contain. The batch
 * script reads the file as data, so nothing in it needs quotes and nothing is evaluated.
 */
public final class EnvironmentFile {
    private EnvironmentFile() {}

    /** The text of the file. */
    public static String text(JobEnvironment environment) {
        StringBuilder text = new StringBuilder();
        environment
                .values()
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\0'));
        return text.toString();
    }
}
