/** Named sets of options: what they inherit, and how builds may change them. Plain Java, without Jenkins. */
package io.jenkins.plugins.slurmapptainer.template;
