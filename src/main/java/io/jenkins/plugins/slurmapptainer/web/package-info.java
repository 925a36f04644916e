/** Pages for people. */
package io.jenkins.plugins.slurmapptainer.web;
