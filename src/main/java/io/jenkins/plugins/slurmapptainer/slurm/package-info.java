/**
 * The language of Slurm's command line: the arguments of each command, and the meaning of its answer. It reads and
 * makes text and starts no process.
 */
package io.jenkins.plugins.slurmapptainer.slurm;
