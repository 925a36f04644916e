package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;

/**
 * The image a job runs in.
 *
 * @param name what the banner shows, for example {@code python_3.11.sif}
 * @param path absolute path of the file on the compute nodes
 */
public record ContainerImage(String name, String path) implements Serializable {}
