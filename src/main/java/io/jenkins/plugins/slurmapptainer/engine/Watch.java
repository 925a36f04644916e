package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;

/**
 * What a follower knows of a job, so that it is told only what is new.
 *
 * @param token the job
 * @param offset bytes of the output already received
 * @param started highest attempt whose start is known, -1 for none
 * @param ended the attempt whose end is the job's for all that is known, -1 for none
 */
public record Watch(JobToken token, long offset, int started, int ended) implements Serializable {}
