package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;

/**
 * @param jobId the job, as {@code sbatch} printed it
 * @param hard KILL at once, for a job that a first request did not end
 */
public record CancelRequest(String jobId, boolean hard) implements Serializable {}
