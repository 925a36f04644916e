package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * A request to check a machine as a head node.
 *
 * @param sharedDirectory a file is written there and removed
 * @param options {@code sbatch} options for a job that is only checked
 * @param apptainer name or path of the container program
 * @param preamble commands that make the container program available in a shell
 * @param bindRoots directories that builds may mount
 */
public record HeadNodeCheckRequest(
        String sharedDirectory,
        ArrayList<String> options,
        String apptainer,
        ArrayList<String> preamble,
        ArrayList<String> bindRoots)
        implements Serializable {}
