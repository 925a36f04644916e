/**
 * What happens to a job from request to end: the state machine of one job, the verdict on how it ended, and the monitor
 * that tracks all jobs of a head node. Plain Java. {@link io.jenkins.plugins.slurmapptainer.headnode.HeadNode} is the
 * port to Slurm's machine, {@link io.jenkins.plugins.slurmapptainer.engine.JobClient} the port to the part of the
 * program that wants the job, and {@link io.jenkins.plugins.slurmapptainer.engine.JobConsole} the port to where people
 * read about it.
 */
package io.jenkins.plugins.slurmapptainer.engine;
