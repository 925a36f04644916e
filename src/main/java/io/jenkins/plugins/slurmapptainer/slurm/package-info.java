/**
 * The words of the Slurm command line: which arguments a command takes, what its answer means. Text in, values out;
 * nothing here starts a process.
 */
package io.jenkins.plugins.slurmapptainer.slurm;
