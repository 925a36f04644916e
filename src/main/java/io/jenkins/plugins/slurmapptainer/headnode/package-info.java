/**
 * The port to where Slurm is: {@link io.jenkins.plugins.slurmapptainer.headnode.HeadNode} with its requests and answers. All of them
 * are immutable and can be serialised; requests go to the head node, answers come from a machine that is not trusted and are checked by
 * whoever brings them. {@code local} does the work on the machine where it runs.
 */
package io.jenkins.plugins.slurmapptainer.headnode;
