/** What the jobs of a folder may use. Loaded only if the plugin for folders is installed. */
package io.jenkins.plugins.slurmapptainer.folder;
