package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * @param directory a directory that was staged
 * @param script the batch script; empty to take up an earlier call, with the script and the variables that it wrote
 * @param environment the build's variables for the job
 * @param lookUpOnly take an earlier call up if Slurm has the job, and submit nothing
 */
public record SubmitRequest(JobDirectory directory, String script, JobEnvironment environment, boolean lookUpOnly)
        implements Serializable {
    public SubmitRequest(JobDirectory directory, String script, JobEnvironment environment) {
        this(directory, script, environment, false);
    }

    /** Finds out whether an earlier call has submitted the job. */
    public static SubmitRequest lookUp(JobDirectory directory) {
        return new SubmitRequest(directory, "", JobEnvironment.NONE, true);
    }
}
