/**
 * The head node on an agent: carries requests there and answers back. An agent is not trusted, so every answer is
 * checked before it is used.
 */
package io.jenkins.plugins.slurmapptainer.agent;
