/**
 * What happens to a job from request to end: the state machine of one job, the verdict on how it ended, and the monitor
 * that follows all jobs of a head node. Plain Java: {@link io.jenkins.plugins.slurmapptainer.headnode.HeadNode} is the
 * port to where Slurm is, {@link io.jenkins.plugins.slurmapptainer.engine.JobClient} the port to whoever wants the job, {@link
 * io.jenkins.plugins.slurmapptainer.engine.JobConsole} to where people read of it.
 */
package io.jenkins.plugins.slurmapptainer.engine;
