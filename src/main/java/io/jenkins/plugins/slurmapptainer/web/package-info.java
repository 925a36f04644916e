/** Pages for people, and the REST interface for programs. */
package io.jenkins.plugins.slurmapptainer.web;
