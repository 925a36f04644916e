/** What the jobs of a folder may use; loaded only where the plugin for folders is installed. */
package io.jenkins.plugins.slurmapptainer.folder;
