/**
 * Images on this machine: finds, inspects and checks image files. Plain Java; in Jenkins it runs on the agent of a head
 * node.
 */
package io.jenkins.plugins.slurmapptainer.image.local;
