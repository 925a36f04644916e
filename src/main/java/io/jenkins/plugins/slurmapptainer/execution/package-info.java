/**
 * One build's use of Slurm, the same for every kind of build: its options, the plan that follows from them, and the job
 * on the build's page.
 */
package io.jenkins.plugins.slurmapptainer.execution;
