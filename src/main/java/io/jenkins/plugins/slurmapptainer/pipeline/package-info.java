/** The Pipeline step. */
package io.jenkins.plugins.slurmapptainer.pipeline;
