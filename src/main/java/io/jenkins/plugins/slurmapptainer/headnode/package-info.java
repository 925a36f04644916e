/**
 * The port to the machine with Slurm: {@link io.jenkins.plugins.slurmapptainer.headnode.HeadNode} with its requests and
 * answers. All of them are immutable and serializable. Requests go to the head node. Answers come from a machine that
 * is not trusted, so the class that receives them checks them. Package {@code local} does the work on the machine where
 * it runs.
 */
package io.jenkins.plugins.slurmapptainer.headnode;
