package io.jenkins.plugins.slurmapptainer.slurm;

import java.io.Serializable;

/**
 * How Slurm's commands are found and authenticate on a head node.
 *
 * @param directory absolute path of the directory with the commands, searched before the {@code PATH}; empty for the
 *     {@code PATH} only
 * @param jwt the token that they authenticate with
 */
public record SlurmAccess(String directory, SlurmJwt jwt) implements Serializable {
    /** The commands are on the {@code PATH} and use Slurm's own authentication. */
    public static final SlurmAccess ON_PATH = new SlurmAccess("", SlurmJwt.NONE);
}
