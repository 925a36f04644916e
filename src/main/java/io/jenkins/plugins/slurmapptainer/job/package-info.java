/**
 * The words of the domain: what a Slurm job is, what a build may request from Slurm, and the rules for values. Plain
 * Java. Every other package uses this one; it uses none of them.
 */
package io.jenkins.plugins.slurmapptainer.job;
