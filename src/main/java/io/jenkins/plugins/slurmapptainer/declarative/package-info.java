/** The agent of declarative Pipelines: {@code agent { slurm { … } }}. Loaded only where Jenkins has these Pipelines. */
package io.jenkins.plugins.slurmapptainer.declarative;
