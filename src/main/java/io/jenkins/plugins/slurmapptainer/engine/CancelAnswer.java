package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;

/**
 * @param accepted Slurm will end the job, or it has ended already, or its id is another job's
 * @param text Slurm's words otherwise
 */
public record CancelAnswer(boolean accepted, String text) implements Serializable {}
