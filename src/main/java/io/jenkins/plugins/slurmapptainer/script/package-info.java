/** Text that runs on the compute node: the only place where shell is written and where values are quoted. */
package io.jenkins.plugins.slurmapptainer.script;
