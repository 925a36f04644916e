/**
 * The head node on the machine where this code runs. Only this package starts processes and touches the shared file
 * system. In Jenkins it runs on the agent.
 */
package io.jenkins.plugins.slurmapptainer.headnode.local;
