/**
 * The vocabulary: what a Slurm job is, what may be asked of Slurm, and the rules that values obey. Plain Java, used by
 * every other package, uses none of them.
 */
package io.jenkins.plugins.slurmapptainer.job;
