/** One build's use of Slurm, the same for every kind of build: options, what they come to, the job on the build's page. */
package io.jenkins.plugins.slurmapptainer.execution;
