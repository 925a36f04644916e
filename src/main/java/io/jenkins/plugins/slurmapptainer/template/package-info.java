/** Named sets of options: what they inherit, what builds may change of them. Plain Java, without Jenkins. */
package io.jenkins.plugins.slurmapptainer.template;
