/** Images as data: the entries of the catalog, how a name finds one, and which paths are valid. Plain Java. */
package io.jenkins.plugins.slurmapptainer.image;
