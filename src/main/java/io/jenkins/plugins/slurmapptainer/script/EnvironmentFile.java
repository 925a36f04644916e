package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;

/**
 * The form in which values reach a job: {@code NAME=value}, each ended by NUL, which no value can hold. The batch script
 * reads it as data, so nothing in it is quoted and nothing can be evaluated.
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
