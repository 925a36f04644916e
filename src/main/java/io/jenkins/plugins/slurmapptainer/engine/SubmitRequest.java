package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * @param directory a directory that was staged
 * @param script the batch script; empty to take up an earlier call, with the script and the variables that it wrote
 * @param environment the build's variables for the job
 */
public record SubmitRequest(JobDirectory directory, String script, JobEnvironment environment)
        implements Serializable {}
