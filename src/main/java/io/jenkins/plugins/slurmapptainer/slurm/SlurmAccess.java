package io.jenkins.plugins.slurmapptainer.slurm;

import java.io.Serializable;

/**
 * How Slurm's commands are reached on a head node.
 *
 * @param directory absolute path of the directory that holds them, looked into before the {@code PATH}; empty for the
 *     {@code PATH} alone
 * @param jwt by which they authenticate
 */
public record SlurmAccess(String directory, SlurmJwt jwt) implements Serializable {
    /** The commands are on the {@code PATH}, and authenticate as Slurm does it by itself. */
    public static final SlurmAccess ON_PATH = new SlurmAccess("", SlurmJwt.NONE);
}
