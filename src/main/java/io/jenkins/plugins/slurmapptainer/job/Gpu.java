package io.jenkins.plugins.slurmapptainer.job;

/** Which graphics drivers of the node a program in an image gets. */
public enum Gpu {
    NONE(""),
    /** NVIDIA's. */
    NV("--nv"),
    /** AMD's. */
    ROCM("--rocm");

    private final String option;

    Gpu(String option) {
        this.option = option;
    }

    /** The option of {@code apptainer exec}, empty for none. */
    public String option() {
        return option;
    }
}
