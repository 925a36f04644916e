/** The build step of freestyle and similar jobs. */
package io.jenkins.plugins.slurmapptainer.freestyle;
