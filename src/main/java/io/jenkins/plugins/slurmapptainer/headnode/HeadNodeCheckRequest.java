package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param sharedDirectory where a file is written and removed
 * @param options of {@code sbatch}, for a job that is not submitted
 * @param apptainer name or path of the container program
 * @param preamble commands that make it known to a shell
 * @param bindRoots directories that builds may mount
 */
public record HeadNodeCheckRequest(
        String sharedDirectory,
        ArrayList<String> options,
        String apptainer,
        ArrayList<String> preamble,
        ArrayList<String> bindRoots)
        implements Serializable {}
