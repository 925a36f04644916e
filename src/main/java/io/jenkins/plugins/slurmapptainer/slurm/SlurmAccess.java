package io.jenkins.plugins.slurmapptainer.slurm;

import java.io.Serializable;

/**
 * How Slurm's commands are reached on a head node.
 *
 * @param directory absolute path of the directory that holds them, looked into before the {@code PATH}; empty for the
 *     {@code PATH} alone
 */
public record SlurmAccess(String directory) implements Serializable {
    /** The commands are on the {@code PATH}. */
    public static final SlurmAccess ON_PATH = new SlurmAccess("");
}
