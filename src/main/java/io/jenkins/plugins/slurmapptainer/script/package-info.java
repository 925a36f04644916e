/** Text that runs on the compute node. Only this package writes shell code and quotes values. */
package io.jenkins.plugins.slurmapptainer.script;
