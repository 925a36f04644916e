/** Scans of the image directories: who starts them, what becomes of them. */
package io.jenkins.plugins.slurmapptainer.scan;
