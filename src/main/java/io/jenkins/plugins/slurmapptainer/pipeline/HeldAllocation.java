package io.jenkins.plugins.slurmapptainer.pipeline;

import java.io.Serializable;

/** Tells steps that they are in the block of an allocation. */
final class HeldAllocation implements Serializable {
    private static final long serialVersionUID = 1L;
}
