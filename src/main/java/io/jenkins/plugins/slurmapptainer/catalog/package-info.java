/** The catalog of images as Jenkins keeps it. */
package io.jenkins.plugins.slurmapptainer.catalog;
