/** Images as data: what a catalog entry is, how a name finds it, which paths are acceptable. Plain Java. */
package io.jenkins.plugins.slurmapptainer.image;
