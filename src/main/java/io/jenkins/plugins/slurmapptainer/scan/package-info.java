/** Scans of the image directories: what starts them, and their results. */
package io.jenkins.plugins.slurmapptainer.scan;
