/**
 * The head node on an agent: carries the operations there and back. What comes back is checked before it is used; an
 * agent is not trusted.
 */
package io.jenkins.plugins.slurmapptainer.agent;
