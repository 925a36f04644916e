/** What an administrator sets: the clusters and how they are reached. */
package io.jenkins.plugins.slurmapptainer.config;
